// What the test that kills and the process that is killed say to each other, a line of JSON each.
import type { CaseOutcome } from '../../../src/moderation/cases/case.ts';

export interface Order {
  readonly id: number;
  readonly line: string;
}

export interface Acknowledged {
  readonly id: number;
  readonly kind: string;
  readonly case: number | null;
  readonly results: readonly (readonly [target: string, outcome: CaseOutcome | string])[];
}

export type Said =
  | { readonly said: 'ready' | 'open' | 'settled' }
  | { readonly said: 'done'; readonly acknowledged: Acknowledged };
