import type { CodeLens } from 'vscode-languageserver';
import type { ValueType } from '../program';
import { clientCommands } from '../protocol/requests';
import type { Analysis } from './analyses';

/** One line above each function that can be called by name and has numbers in its signature: an offer to simulate it. */
export function codeLenses(analysis: Analysis): CodeLens[] {
  const { document } = analysis;
  const program = analysis.program();
  return program.functions.filter(fn => fn.name !== '' && ['function', 'arrow', 'method'].includes(fn.kind) && fn.enclosing === 0
    && fn.parameters.some(parameter => isNumeric(program.variables[parameter.variable].type))).map(fn => ({
    range: { start: document.positionAt(fn.nameStart), end: document.positionAt(fn.nameEnd) },
    command: { title: `Simulate ${fn.name}…`, command: clientCommands.simulate, arguments: [document.uri, fn.name] },
  }));
}

/** Whether numbers are in values of this type, at any depth. */
export function isNumeric(type: ValueType): boolean {
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
