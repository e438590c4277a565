// What rules say to one event. Pure: the same rules, event, facts and memory give the same verdict and notes, live as in
// a backtest.
import { type Answer, type Deed, isStricter } from '../action.ts';
import type { FactName, MemberFacts, RuleEvent } from '../event/event.ts';
import type { MessageElement } from '../event/texts.ts';
import type { Matcher } from '../match/scan.ts';
import type { Finding } from '../part.ts';
import type { Rule } from '../rule.ts';
import { EventLook } from './look.ts';
import { maskBody } from './mask.ts';
import { type Memory, type Notes, withItem } from './memory.ts';

/** Rules that are asked together, in the order of the file. */
export interface RuleSet {
  readonly rules: readonly Rule[];
  readonly matcher: Matcher;
}

/** What became of one rule. */
export type RuleOutcome =
  /** `trigger`: which of its triggers. `rests`: it has acted on the member before, within its cooldown. */
  | { readonly kind: 'matched'; readonly trigger: number; readonly finding: Finding; readonly rests: boolean }
  | { readonly kind: 'unmatched' }
  /** All that it makes an exception for holds. */
  | { readonly kind: 'excused'; readonly trigger: number; readonly finding: Finding }
  | { readonly kind: 'exempt'; readonly by: 'role' | 'account' }
  /** It does not hold in this group. */
  | { readonly kind: 'elsewhere' }
  /** A rule before it matched and ended the matter. */
  | { readonly kind: 'stopped'; readonly by: string }
  | { readonly kind: 'off' };

export interface RuleResult {
  readonly rule: Rule;
  readonly outcome: RuleOutcome;
}

/** Something that a rule wants done besides the answer. */
export interface Effect {
  readonly rule: Rule;
  readonly deed: Exclude<Deed, { readonly kind: 'count' }>;
}

export interface Verdict {
  /** Of a message: the strictest of all rules. */
  readonly answer: Answer;
  /** The rule whose answer it is; `null` where it passes. */
  readonly by: Rule | null;
  /** The body to be sent in place of the message's, where it is masked. */
  readonly body: readonly MessageElement[] | null;
  /** In the order of the rules; of one kind only the first. */
  readonly effects: readonly Effect[];
  /** The rules that matched, also those that are tried; or all of them. */
  readonly results: readonly RuleResult[];
}

export type Judgement =
  /** Judge again with these facts, each known or `null`. Nothing was noted. */
  | { readonly kind: 'asks'; readonly facts: readonly FactName[] }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly notes: Notes };

export interface JudgeOptions {
  /** Results of all rules, not only of those that matched. */
  readonly all?: boolean;
  /** Judges rules that are off as if they were tried. */
  readonly tryOff?: boolean;
  /** Told after each rule, by its position; after what all rules share, with -1. */
  readonly observe?: (index: number) => void;
}

const passes: Answer = { kind: 'pass' };

/** Judges one event. */
export function judge(
  { rules, matcher }: RuleSet,
  event: RuleEvent,
  facts: MemberFacts,
  memory: Memory,
  { all = false, tryOff = false, observe }: JudgeOptions = {},
): Judgement {
  const look = new EventLook(event, facts, memory, matcher);
  const tally = new Tally(look, matcher);
  if (observe !== undefined) {
    for (const scan of look.scans) scan.search();
    observe(-1);
  }
  for (let index = 0; index < rules.length; index += 1) {
    const rule = rules[index];
    if (rule === undefined) break;
    const outcome = outcomeOf(rule, look, tally.stoppedBy, tryOff);
    if (outcome.kind === 'matched') tally.take(rule, outcome);
    if (all || outcome.kind === 'matched') tally.results.push({ rule, outcome });
    observe?.(index);
  }
  if (look.asked.size > 0) return { kind: 'asks', facts: [...look.asked] };
  return { kind: 'verdict', verdict: tally.verdict(), notes: look.notes };
}

function outcomeOf(rule: Rule, look: EventLook, stoppedBy: string | null, tryOff: boolean): RuleOutcome {
  const { event } = look;
  if (rule.mode === 'off' && !tryOff) return { kind: 'off' };
  if (rule.groups !== null && !rule.groups.has(event.group)) return { kind: 'elsewhere' };
  look.isTest = rule.mode !== 'on';
  const found = firstFinding(rule, look, stoppedBy !== null);
  if (stoppedBy !== null) return { kind: 'stopped', by: stoppedBy };
  if (found === null) return unmatched;
  if (rule.exemptAccounts.has(event.from)) return { kind: 'exempt', by: 'account' };
  if (rule.exemptRoles.size > 0) {
    const role = look.fact('role');
    if (role !== null && rule.exemptRoles.has(role)) return { kind: 'exempt', by: 'role' };
  }
  if (rule.unless.length > 0 && rule.unless.every(({ holds }) => holds(look) === true)) {
    return { kind: 'excused', ...found };
  }
  return { kind: 'matched', ...found, rests: isResting(rule, look) };
}

const unmatched: RuleOutcome = { kind: 'unmatched' };

/** What a rule finds first. Triggers that count events see all of them, whatever else was found. */
export function firstFinding(rule: Rule, look: EventLook, onlyNotes = false) {
  let found: { readonly trigger: number; readonly finding: Finding } | null = null;
  for (let trigger = 0; trigger < rule.when.length; trigger += 1) {
    const part = rule.when[trigger];
    if (part === undefined || !part.events.includes(look.event.kind)) continue;
    if ((found !== null || onlyNotes) && !part.remembers) continue;
    const finding = part.find(look);
    if (finding !== null && !onlyNotes) found ??= { trigger, finding };
  }
  return found;
}

const restKey = ({ name }: Rule, { event }: EventLook): string =>
  `rest\n${name}\n${event.group}\n${event.from}`;

const isResting = (rule: Rule, look: EventLook): boolean =>
  rule.cooldown > 0 && (look.recall(restKey(rule, look))?.until ?? 0) > look.event.at;

/** What the rules that matched come to. */
class Tally {
  readonly results: RuleResult[] = [];
  stoppedBy: string | null = null;
  readonly #look: EventLook;
  readonly #matcher: Matcher;
  readonly #effects: Effect[] = [];
  readonly #done = new Set<string>();
  #answer: Answer = passes;
  #by: Rule | null = null;
  #body: readonly MessageElement[] | null = null;

  constructor(look: EventLook, matcher: Matcher) {
    this.#look = look;
    this.#matcher = matcher;
  }

  take(rule: Rule, { rests, finding }: Extract<RuleOutcome, { kind: 'matched' }>): void {
    const isTest = rule.mode !== 'on';
    for (const { name, action } of rule.does) {
      if (action.kind === 'answer') {
        if (!isTest) this.#answerWith(rule, action.answer, finding);
      } else if (rests) {
        // The message is still answered; nothing more is done about the member.
      } else if (action.kind === 'count') {
        this.#look.add(action.into, action.add, action.lasts);
      } else if (!isTest && !this.#done.has(kindOf(name, action))) {
        this.#done.add(kindOf(name, action));
        this.#effects.push({ rule, deed: action });
      }
    }
    if (rule.cooldown > 0 && !rests) this.#rest(rule);
    if (rule.stop && !isTest) this.stoppedBy = rule.name;
  }

  verdict(): Verdict {
    return {
      answer: this.#answer,
      by: this.#by,
      body: this.#body,
      effects: this.#effects,
      results: this.results,
    };
  }

  #rest(rule: Rule): void {
    const { at } = this.#look.event;
    this.#look.note(restKey(rule, this.#look), withItem(null, { at, what: '', amount: 1 }, rule.cooldown, 1));
  }

  #answerWith(rule: Rule, wanted: Answer, { text }: Finding): void {
    const { event } = this.#look;
    if (event.kind !== 'message') return;
    let answer = wanted;
    if (wanted.kind === 'mask') {
      const open = { ...event, body: this.#body ?? event.body };
      // What counts messages finds nothing that could be written over.
      const masked = text === null ? null : maskBody(rule, open, wanted.with, this.#matcher);
      if (masked === null) answer = { kind: 'block', words: null, silent: false };
      else this.#body = masked;
    }
    if (!isStricter(answer, this.#answer)) return;
    this.#answer = answer;
    this.#by = rule;
  }
}

/** Of one kind, an event brings about one deed: a member is not muted twice for one message. */
const kindOf = (name: string, deed: Deed): string => (deed.kind === 'command' ? deed.command : name);
