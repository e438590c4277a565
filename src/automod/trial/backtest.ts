// Rules on messages of the past: what each would have matched, what it costs, and whether people decided the same.
import { judgeWith, type LookUp } from '../automod.ts';
import type { MessageEvent } from '../event/event.ts';
import type { RuleOutcome, RuleResult } from '../judge/judge.ts';
import { RuleMemory } from '../judge/memory.ts';
import type { RuleBook } from '../reader.ts';
import type { Rule, RuleMode } from '../rule.ts';
import type { Decision, Decisions } from './decisions.ts';

/** A message that a rule matched. */
export interface Sample {
  readonly event: MessageEvent;
  readonly outcome: RuleOutcome;
}

export interface RuleTrial {
  readonly rule: Rule;
  readonly mode: RuleMode;
  readonly matches: number;
  /** How many accounts these are from. */
  readonly members: number;
  /** A few of the matches, from all of the time, the oldest first. */
  readonly sample: readonly Sample[];
  /** Mean time a message, in microseconds, with a part of what all rules share. */
  readonly micros: number;
  /** Matches after which a person acted on the message or its sender, and was not taken back. */
  readonly agreed: number;
  /** Matches whose case was undone. */
  readonly falseAlarms: number;
  /** What the history does not show: names of triggers. All of them: nothing could be tried. */
  readonly untested: 'all' | 'some' | 'none';
}

/** How far rules and people say the same. */
export interface Agreement {
  /** Decisions of people about members or messages of this history. */
  readonly decisions: number;
  /** Of these, those that a rule would have made, too. */
  readonly found: number;
  readonly missed: number;
  /** Matched messages about which nobody decided anything. */
  readonly unnoticed: number;
  /** Matched messages whose case was undone. */
  readonly falseAlarms: number;
}

export interface BacktestDeps {
  readonly book: RuleBook;
  readonly decisions: Decisions;
  readonly lookUp: LookUp;
  /** A clock that runs evenly, in milliseconds with fractions. */
  readonly timer: () => number;
}

const SAMPLE = 5;

/** Takes messages in the order of time. Memory grows with the members that rules match, not with messages. */
export class Backtest {
  readonly #deps: BacktestDeps;
  readonly #memory = new RuleMemory();
  readonly #trials = new Map<Rule, Trial>();
  readonly #found = new Set<Decision>();
  readonly #seen = new Set<Decision>();
  #messages = 0;
  #unnoticed = 0;
  #falseAlarms = 0;

  constructor(deps: BacktestDeps) {
    this.#deps = deps;
    for (const set of [deps.book.everywhere, ...deps.book.byGroup.values()]) {
      for (const rule of set.rules) this.#trials.set(rule, new Trial(rule));
    }
  }

  get messages(): number {
    return this.#messages;
  }

  /** Judges one message. @param seq its number in the group, where it is known */
  async take(event: MessageEvent, seq: number | null): Promise<void> {
    const { book, decisions, lookUp, timer } = this.#deps;
    const set = book.in(event.group);
    this.#messages += 1;
    let last = timer();
    const observe = (index: number) => {
      const now = timer();
      if (index < 0)
        for (const rule of set.rules) this.#trials.get(rule)?.spend((now - last) / set.rules.length);
      else this.#spend(set.rules[index], now - last);
      last = timer();
    };
    const { results } = await judgeWith(set, event, lookUp, this.#memory, { tryOff: true, observe });
    const decision = decisions.about(event, seq);
    if (decision?.by === 'person') this.#seen.add(decision);
    this.#matched(results, event, decision);
  }

  #spend(rule: Rule | undefined, milliseconds: number): void {
    if (rule !== undefined) this.#trials.get(rule)?.spend(milliseconds);
  }

  #matched(results: readonly RuleResult[], event: MessageEvent, decision: Decision | null): void {
    if (results.length === 0) return;
    if (decision === null) this.#unnoticed += 1;
    if (decision?.isUndone === true) this.#falseAlarms += 1;
    if (decision?.by === 'person' && !decision.isUndone) this.#found.add(decision);
    for (const { rule, outcome } of results) this.#trials.get(rule)?.match({ event, outcome }, decision);
  }

  /** One entry a rule, in their order. */
  rules(): readonly RuleTrial[] {
    return [...this.#trials.values()].map((trial) => trial.report(this.#messages));
  }

  agreement(): Agreement {
    const standing = [...this.#seen].filter(({ isUndone }) => !isUndone).length;
    return {
      decisions: standing,
      found: this.#found.size,
      missed: standing - this.#found.size,
      unnoticed: this.#unnoticed,
      falseAlarms: this.#falseAlarms,
    };
  }
}

class Trial {
  readonly #rule: Rule;
  readonly #members = new Set<string>();
  readonly #sample: Sample[] = [];
  #matches = 0;
  #milliseconds = 0;
  #agreed = 0;
  #falseAlarms = 0;
  /** State of the pick of samples: the same history gives the same sample. */
  #pick = 1;

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  spend(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }

  match(one: Sample, decision: Decision | null): void {
    this.#matches += 1;
    this.#members.add(one.event.from);
    if (decision?.isUndone === true) this.#falseAlarms += 1;
    else if (decision?.by === 'person') this.#agreed += 1;
    this.#keep(one);
  }

  /** Every match has the same chance to be kept. */
  #keep(one: Sample): void {
    if (this.#sample.length < SAMPLE) {
      this.#sample.push(one);
      return;
    }
    this.#pick = (Math.imul(this.#pick, 1_664_525) + 1_013_904_223) >>> 0;
    const place = Math.floor((this.#pick / 2 ** 32) * this.#matches);
    if (place < SAMPLE) this.#sample[place] = one;
  }

  report(messages: number): RuleTrial {
    const inHistory = this.#rule.when.filter((part) => part.inHistory).length;
    return {
      rule: this.#rule,
      mode: this.#rule.mode,
      matches: this.#matches,
      members: this.#members.size,
      sample: this.#sample.toSorted((a, b) => a.event.at - b.event.at),
      micros: messages === 0 ? 0 : (this.#milliseconds * 1_000) / messages,
      agreed: this.#agreed,
      falseAlarms: this.#falseAlarms,
      untested: inHistory === 0 ? 'all' : inHistory < this.#rule.when.length ? 'some' : 'none',
    };
  }
}
