// What the tests of rules share: rules from YAML, and one message after another judged by them.
import { commands } from '../../commands/index.ts';
import { judgeWith } from '../../src/automod/automod.ts';
import type { MemberFacts, RuleEvent } from '../../src/automod/event/event.ts';
import { textEvent } from '../../src/automod/event/event.ts';
import type { Verdict } from '../../src/automod/judge/judge.ts';
import { RuleMemory } from '../../src/automod/judge/memory.ts';
import { createRulesReader, type RuleBook } from '../../src/automod/reader.ts';
import { settingsCommands } from '../../src/command/command.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { faultLine } from '../../src/settings/fault.ts';
import { readSettings } from '../../src/settings/read.ts';

export const words = createTranslator('en', { escape: (text) => text, time: String });

const context = { commands: settingsCommands(commands), rules: createRulesReader(commands) };

/** Faults of a settings file, as they are told. */
export function faultsOf(yaml: string): readonly string[] {
  const result = readSettings(yaml, context);
  return result.ok ? [] : result.faults.map((fault) => words.text(faultLine('f', fault)));
}

/** The rules of a settings file without fault. */
export function bookOf(yaml: string): RuleBook {
  const result = readSettings(yaml, context);
  if (!result.ok) throw new Error(faultsOf(yaml).join('\n'));
  return result.settings.rules;
}

export interface Bench {
  /** Judges a text by `from`, `seconds` after the beginning. */
  say(
    text: string,
    about?: { from?: string; group?: string; seconds?: number; facts?: MemberFacts },
  ): Promise<Verdict>;
  judge(event: RuleEvent, facts?: MemberFacts): Promise<Verdict>;
}

/** The beginning: a Monday at 00:00 UTC, in Unix milliseconds. */
export const START = Date.UTC(2026, 10, 23);

/** Rules at work, with what they remember. */
export function bench(yaml: string): Bench {
  const book = bookOf(yaml);
  const memory = new RuleMemory();
  const judge = (event: RuleEvent, facts: MemberFacts = { role: 'Member' }) =>
    judgeWith(book.in(event.group), event, () => Promise.resolve(facts), memory);
  return {
    judge,
    say: (text, { from = 'bob', group = 'guild', seconds = 0, facts } = {}) =>
      judge(textEvent(group, from, START + seconds * 1_000, text), facts),
  };
}

/** The names of the rules that matched. */
export const matched = ({ results }: Verdict): readonly string[] => results.map(({ rule }) => rule.name);

/** A file with one rule that blocks, for a trigger in YAML. */
export const ruleWith = (trigger: string): string =>
  `rules: [{ name: it, when: [${trigger}], then: [block] }]`;

/** Whether a trigger finds something in a text. */
export const finds = async (trigger: string, text: string): Promise<boolean> =>
  (await bench(ruleWith(trigger)).say(text)).results.length > 0;
