/** Activations that the checker knows by name; `gelu` is the one with erf. */
export const activationNames = [
  { id: 'relu', title: 'ReLU: max(0, x)' },
  { id: 'elu', title: 'ELU: x, or eˣ − 1 below 0' },
  { id: 'silu', title: 'SiLU: x / (1 + e⁻ˣ)' },
  { id: 'mish', title: 'Mish: x tanh(log(1 + eˣ))' },
  { id: 'gelu', title: 'GELU: x Φ(x)' },
  { id: 'sigmoid', title: 'Sigmoid: 1 / (1 + e⁻ˣ)' },
  { id: 'tanh', title: 'tanh' },
] as const;

export type ActivationName = (typeof activationNames)[number]['id'];

/** A known activation, or a function of the workspace with one number as its argument. */
export type ActivationChoice =
  | { readonly kind: 'known'; readonly id: ActivationName }
  | { readonly kind: 'function'; readonly file: string; readonly functionName: string };

export interface ExpressivenessRequest {
  readonly activation: ActivationChoice;
  /** Q(p,s) = {q/2^s : |q| ≤ 2^p − 1}; 1 ≤ p ≤ 12 (10 for a function of the workspace), 0 ≤ s ≤ 12. */
  readonly p: number;
  readonly s: number;
}

/** Which networks with weights on the grid Q(p,s) and the rounded activation ⌊σ⌉ can express every function on the grid. Codes are values times 2^s. */
export interface Expressiveness {
  readonly p: number;
  readonly s: number;
  /** Both conditions hold. */
  readonly universal: boolean;
  /** (i): a split point as a code, or null. Values left of and including it are below those on its right (or above, for decreasing σ). */
  readonly split: { readonly code: number; readonly increasing: boolean } | null;
  /** Greatest common divisor of the products of a weight and a difference of activations, in units of 2^−2s; 0 when ⌊σ⌉ is constant. */
  readonly g: number;
  /** Offset b (units of 2^−s) that reaches most values. */
  readonly offset: number;
  /** Values of Q(p,s) that no sum rounds to, with that offset. */
  readonly missing: readonly number[];
  /** ⌊σ⌉ as codes, by code of the argument from −(2^p − 1). */
  readonly table: readonly number[];
  /** The first step of the construction, evaluated on every point; the reason when there is none. */
  readonly indicator: Indicator | { readonly reason: string };
}

/** h_z(x) = ⌊σ⌉(⌊n·w·⌊σ⌉(⌊x + b_z⌉) + c⌉): two-valued, one value for x < z, the other for x ≥ z. */
export interface Indicator {
  readonly copies: number;
  readonly low: number;
  readonly high: number;
  /** Whether h_z separates exactly at z, for every z of Q(p,s) but the smallest. */
  readonly separates: boolean;
  /** One row a threshold z, one entry a point x: h_z(x) as a code. None when p > 8. */
  readonly rows: readonly (readonly number[])[];
}

export interface ExpressivenessReport extends Expressiveness {
  readonly request: ExpressivenessRequest;
  /** The activation in words: `ReLU: max(0, x)`, or the function's name. */
  readonly title: string;
}
