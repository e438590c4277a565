// Rules at work: judges events one by one, remembers what they leave behind, and judges nothing twice.
import type { FactName, MemberFacts, RuleEvent } from './event/event.ts';
import { type JudgeOptions, judge, type RuleSet, type Verdict } from './judge/judge.ts';
import { RuleMemory } from './judge/memory.ts';
import type { RuleBook } from './reader.ts';

/** Looks facts up for an event; each of the asked ones comes back known or `null`. */
export type LookUp = (event: RuleEvent, facts: readonly FactName[]) => Promise<MemberFacts>;

export interface AutomodDeps {
  /** The rules of this moment. */
  readonly rules: () => RuleBook;
  readonly lookUp: LookUp;
}

export interface Automod {
  /**
   * Judges an event, with what the events before it left behind. Nothing is sent: effects are handed back.
   * @param id tells deliveries of one event: the second gets the verdict of the first
   */
  judge(event: RuleEvent, id?: string): Promise<Verdict>;
}

/** How many verdicts are kept for deliveries that come again. */
const MOST_VERDICTS = 10_000;

export function createAutomod({ rules, lookUp }: AutomodDeps): Automod {
  const memory = new RuleMemory();
  const judged = new Map<string, Promise<Verdict>>();
  const fresh = (event: RuleEvent) => judgeWith(rules().in(event.group), event, lookUp, memory);
  return {
    judge(event, id) {
      if (id === undefined) return fresh(event);
      const known = judged.get(id);
      if (known !== undefined) return known;
      const verdict = fresh(event);
      judged.set(id, verdict);
      // One that failed is judged anew.
      verdict.catch(() => judged.delete(id));
      for (const oldest of judged.keys()) {
        if (judged.size <= MOST_VERDICTS) break;
        judged.delete(oldest);
      }
      return verdict;
    },
  };
}

/**
 * Judges an event, looks up what rules ask for, and remembers. Between the last look at the memory and what is
 * remembered nothing else is judged, so events side by side count each other.
 */
export async function judgeWith(
  set: RuleSet,
  event: RuleEvent,
  lookUp: LookUp,
  memory: RuleMemory,
  options?: JudgeOptions,
): Promise<Verdict> {
  let facts: MemberFacts = {};
  for (;;) {
    const judgement = judge(set, event, facts, memory, options);
    if (judgement.kind === 'verdict') {
      memory.remember(judgement.notes, event.at);
      return judgement.verdict;
    }
    const found = await lookUp(event, judgement.facts);
    const unknown = Object.fromEntries(judgement.facts.map((name) => [name, null]));
    facts = { ...facts, ...unknown, ...found };
  }
}
