// What the parts of rules see while one event is judged: its texts, the member, and what was noted before.

import type { FactName, MemberFacts, RuleEvent } from '../event/event.ts';
import type { Matcher, Scan } from '../match/scan.ts';
import type { Look } from '../part.ts';
import { added, counterKey, totalOf } from './counters.ts';
import type { Memory, Note } from './memory.ts';

/** One event under judgement. Collects what is asked and noted, and changes nothing outside. */
export class EventLook implements Look {
  readonly event: RuleEvent;
  readonly scans: readonly Scan[];
  /** Facts that a part asked for and nobody has looked up. */
  readonly asked = new Set<FactName>();
  readonly notes = new Map<string, Note>();
  /** Whether the rule that looks now is only tried. */
  isTest = false;
  readonly #facts: MemberFacts;
  readonly #memory: Memory;
  readonly #grown = new Set<string>();

  constructor(event: RuleEvent, facts: MemberFacts, memory: Memory, matcher: Matcher) {
    this.event = event;
    this.scans = event.kind === 'join' ? [] : event.texts.map(({ text }) => matcher.scan(text));
    this.#facts = facts;
    this.#memory = memory;
  }

  readonly fact: Look['fact'] = (name) => {
    const known = this.#facts[name];
    if (known === undefined) this.asked.add(name);
    return known ?? null;
  };

  readonly recall: Look['recall'] = (key) => this.notes.get(key) ?? this.#memory.get(key);

  readonly note: Look['note'] = (key, note) => {
    this.notes.set(key, note);
  };

  readonly counter: Look['counter'] = (name) => {
    const keys = this.isTest
      ? [this.#counter(name, false), this.#counter(name, true)]
      : [this.#counter(name, false)];
    const total = keys.reduce((sum, key) => sum + totalOf(this.recall(key), this.event.at), 0);
    return { total, grew: keys.some((key) => this.#grown.has(key)) };
  };

  /** Adds to a counter of the member. @param lasts in seconds */
  add(name: string, amount: number, lasts: number): void {
    const key = this.#counter(name, this.isTest);
    this.note(key, added(this.recall(key), this.event.at, amount, lasts));
    this.#grown.add(key);
  }

  #counter(name: string, isTest: boolean): string {
    return counterKey(name, this.event.group, this.event.from, isTest);
  }
}
