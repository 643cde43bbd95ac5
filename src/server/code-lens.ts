import type { CodeLens } from 'vscode-languageserver';
import { functionBound } from '../analysis/hover';
import type { FunctionIr, Program, ValueType } from '../program';
import { fromReal } from '../protocol/real';
import { clientCommands } from '../protocol/requests';
import type { Analysis } from './analyses';
import { numberTextDown, numberTextUp } from './number-text';

/** What a lens remembers until it is shown: the function, and the version of the document that it was made for. */
export interface LensData {
  readonly uri: string;
  readonly name: string;
  readonly version: number;
}

/** Milliseconds that a function's bound may take when its lens is shown. */
const patience = 30;

/** One line above each function that can be called by name and has numbers in its signature. Its text is made when it is shown (`resolveLens`). */
export function codeLenses(analysis: Analysis): CodeLens[] {
  const { document } = analysis;
  return simulated(analysis.program()).map(fn => ({
    range: { start: document.positionAt(fn.nameStart), end: document.positionAt(fn.nameEnd) },
    data: { uri: document.uri, name: fn.name, version: document.version } satisfies LensData,
  }));
}

/** An offer to simulate the function, with its proven error where there is one: `Simulate area… · error ≤ 3.88 ulp, range [3.14e-6, 12.6]`. */
export function resolveLens(lens: CodeLens, analysis: Analysis | undefined): CodeLens {
  const { uri, name, version } = lens.data as LensData;
  const program = analysis?.document.version === version ? analysis.program() : undefined;
  const fn = program && simulated(program).find(each => each.name === name);
  const proven = program && fn ? boundText(program, fn) : undefined;
  return { ...lens, command: { title: [`Simulate ${name}…`, ...(proven === undefined ? [] : [proven])].join('  ·  '), command: clientCommands.simulate, arguments: [uri, name] } };
}

function boundText(program: Program, fn: FunctionIr): string | undefined {
  const known = functionBound(program, fn, fn.format ?? 'fp64', patience);
  if (typeof known === 'string' || !Number.isFinite(fromReal(known.result.absoluteError))) return undefined;
  const { range: [lo, hi], ulps, absoluteError } = known.result;
  const error = Number.isFinite(fromReal(ulps)) ? `${numberTextUp(ulps)} ulp` : numberTextUp(absoluteError);
  return `error ≤ ${error}, range [${numberTextDown(lo)}, ${numberTextUp(hi)}]`;
}

function simulated(program: Program): FunctionIr[] {
  return program.functions.filter(fn => fn.name !== '' && ['function', 'arrow', 'method'].includes(fn.kind) && fn.enclosing === 0
    && fn.parameters.some(parameter => isNumeric(program.variables[parameter.variable].type)));
}

/** Whether numbers are in values of this type, at any depth. */
function isNumeric(type: ValueType): boolean {
  switch (type.kind) {
    case 'number': case 'typedArray': return true;
    case 'array': case 'set': return isNumeric(type.element);
    case 'tuple': return type.elements.some(isNumeric);
    case 'map': return isNumeric(type.value);
    case 'object': return Object.values(type.properties).some(isNumeric);
    case 'union': return type.members.some(isNumeric);
    default: return false;
  }
}
