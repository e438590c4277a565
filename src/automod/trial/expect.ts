// What the settings expect of a rule: texts that its triggers must find, and texts that they must not.
import type { Message } from '../../i18n/message.ts';
import { nameEvent, textEvent } from '../event/event.ts';
import { explain } from '../judge/explain.ts';
import { firstFinding, type RuleSet } from '../judge/judge.ts';
import { EventLook } from '../judge/look.ts';
import { RuleMemory } from '../judge/memory.ts';
import type { Rule } from '../rule.ts';

/**
 * Why a text does not do what is expected; `null` where it does. Only triggers are asked, each text alone: exceptions,
 * exempt members and what counts messages depend on more than a text. A rule about names is shown the text as a name.
 */
export function whyNot(
  { matcher }: RuleSet,
  rule: Rule,
  way: 'match' | 'pass',
  text: string,
): Message | null {
  const readsNames = rule.when.every(({ events }) => !events.includes('message'));
  const event = (readsNames ? nameEvent : textEvent)('expect', 'somebody', 0, text);
  const found = firstFinding(rule, new EventLook(event, {}, new RuleMemory(), matcher));
  if ((found !== null) === (way === 'match')) return null;
  return explain(
    rule,
    event,
    found === null ? { kind: 'unmatched' } : { kind: 'matched', ...found, rests: false },
  );
}
