import type { Severity } from './finding';

/** The extension's settings as the server and the client read them, section `roundoff`, resolved for one resource. */
export interface Settings {
  readonly enable: boolean;
  /** Format ids whose overflow and total loss of digits become findings. */
  readonly targetFormats: readonly string[];
  /** Severity by hazard id; hazards that are not listed keep their own. */
  readonly hazards: Readonly<Record<string, Severity | 'off'>>;
  readonly hover: { readonly formats: readonly string[] };
  readonly codeLens: boolean;
  readonly inlayHints: 'off' | 'ulps' | 'digits';
  readonly simulation: {
    readonly formats: readonly string[];
    readonly samples: number;
    /** Seconds. */
    readonly timeLimit: number;
    /** Megabytes. */
    readonly memoryLimit: number;
    readonly rerunOnSave: boolean;
  };
  readonly trace: 'off' | 'messages' | 'verbose';
}

/** What holds when an editor sends no settings; a test keeps them equal to the defaults in package.json. */
export const defaultSettings: Settings = {
  enable: true,
  targetFormats: [],
  hazards: {},
  hover: { formats: ['fp32', 'fp16', 'bf16', 'fp8-e4m3fn', 'int8', 'fp4-e2m1fn'] },
  codeLens: true,
  inlayHints: 'off',
  simulation: { formats: ['fp32', 'fp16', 'bf16', 'int8', 'fp4-e2m1fn'], samples: 32, timeLimit: 20, memoryLimit: 512, rerunOnSave: true },
  trace: 'off',
};

/**
 * Settings from whatever an editor sent for the section `roundoff`: each entry of the right type and value is taken, every other one keeps its default,
 * so that a typing error in settings.json never stops the analysis.
 */
export function readSettings(data: unknown): Settings {
  const given = record(data);
  const simulation = record(given.simulation);
  const otherwise = defaultSettings;
  return {
    enable: boolean(given.enable, otherwise.enable),
    targetFormats: texts(given.targetFormats, otherwise.targetFormats),
    hazards: severities(record(given.hazards)),
    hover: { formats: texts(record(given.hover).formats, otherwise.hover.formats) },
    codeLens: boolean(given.codeLens, otherwise.codeLens),
    inlayHints: oneOf(given.inlayHints, ['off', 'ulps', 'digits'], otherwise.inlayHints),
    simulation: {
      formats: texts(simulation.formats, otherwise.simulation.formats),
      samples: within(simulation.samples, 1, 10_000, otherwise.simulation.samples),
      timeLimit: within(simulation.timeLimit, 0.1, 3600, otherwise.simulation.timeLimit),
      memoryLimit: within(simulation.memoryLimit, 64, 16_384, otherwise.simulation.memoryLimit),
      rerunOnSave: boolean(simulation.rerunOnSave, otherwise.simulation.rerunOnSave),
    },
    trace: oneOf(given.trace, ['off', 'messages', 'verbose'], otherwise.trace),
  };
}

function record(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data as Record<string, unknown> : {};
}

function boolean(data: unknown, otherwise: boolean): boolean {
  return typeof data === 'boolean' ? data : otherwise;
}

function texts(data: unknown, otherwise: readonly string[]): readonly string[] {
  return Array.isArray(data) && data.every(item => typeof item === 'string') ? data : otherwise;
}

function within(data: unknown, lowest: number, highest: number, otherwise: number): number {
  return typeof data === 'number' && data >= lowest && data <= highest ? data : otherwise;
}

function oneOf<T extends string>(data: unknown, choices: readonly T[], otherwise: T): T {
  return choices.find(choice => choice === data) ?? otherwise;
}

function severities(data: Record<string, unknown>): Record<string, Severity | 'off'> {
  const names: readonly (Severity | 'off')[] = ['error', 'warning', 'info', 'hint', 'off'];
  return Object.fromEntries(Object.entries(data).flatMap(([id, value]) => { const name = names.find(n => n === value); return name ? [[id, name]] : []; }));
}
