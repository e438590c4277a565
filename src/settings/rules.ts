// The part of the settings file that holds rules: read by who knows rules, which stands above the settings.
import type { Found } from './problems.ts';

/** Keys of the file that hold rules, for all groups and in a group of its own. */
export interface RuleKeys {
  readonly everywhere: readonly string[];
  readonly inGroups: readonly string[];
}

/** What the file holds under these keys; nothing was looked at yet. */
export interface WrittenRules {
  readonly everywhere: Readonly<Record<string, unknown>>;
  /** By the ID of a group. */
  readonly groups: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/** What reads the rules of a settings file. */
export interface RulesReader<Rules> {
  readonly keys: RuleKeys;
  /** What holds where no rules are written. */
  readonly none: Rules;
  /** Never throws. Paths of what was found begin at the top of the file. */
  read(
    written: WrittenRules,
  ): { readonly ok: true; readonly rules: Rules } | { readonly ok: false; readonly found: readonly Found[] };
}
