// Why a rule matched, or why not, in a sentence.
import { type Message, message } from '../../i18n/message.ts';
import type { RuleEvent } from '../event/event.ts';
import type { Finding } from '../part.ts';
import type { Rule } from '../rule.ts';
import type { RuleOutcome } from './judge.ts';

/** How much of what was found is shown, in characters. */
const LONGEST_QUOTE = 80;

/** What became of a rule, as a sentence. */
export function explain(rule: Rule, event: RuleEvent, outcome: RuleOutcome): Message {
  switch (outcome.kind) {
    case 'matched':
      return found(rule, event, outcome);
    case 'excused': {
      const exceptions = rule.unless.map(({ sentence }) => sentence);
      return message('rules.why.excused', { found: found(rule, event, outcome), exceptions });
    }
    case 'exempt':
      return message(outcome.by === 'role' ? 'rules.why.exemptRole' : 'rules.why.exemptAccount');
    case 'elsewhere':
      return message('rules.why.elsewhere');
    case 'stopped':
      return message('rules.why.stopped', { rule: outcome.by });
    case 'off':
      return message('rules.why.off');
    case 'unmatched':
      return message('rules.why.unmatched', { sought: rule.when.map(({ sentence }) => sentence) });
  }
}

function found(
  rule: Rule,
  event: RuleEvent,
  { trigger, finding }: { readonly trigger: number; readonly finding: Finding },
): Message {
  const what = rule.when[trigger]?.sentence ?? message('rules.why.off');
  const shown = quoteOf(event, finding);
  if (shown === null) return message('rules.why.counted', { what });
  return message('rules.why.matched', {
    what,
    quote: shown.quote,
    place: message(`rules.place.${shown.place}`),
  });
}

/** What was found, as it stands in the event. */
export function quoteOf(event: RuleEvent, { text, span }: Finding) {
  const shown = text === null || event.kind === 'join' ? undefined : event.texts[text];
  if (shown === undefined) return null;
  const quote = [...shown.text.slice(span.start, span.end)].slice(0, LONGEST_QUOTE).join('');
  return { quote, place: shown.place };
}
