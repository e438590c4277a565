// A case as a message of the log: it looks like the reply to the command, and pings nobody.
import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { authorOf, boundsOf, headOf, targetsOf } from '../../../command/case-lines.ts';
import type { Locale } from '../../../i18n/locale.ts';
import type { Message } from '../../../i18n/message.ts';
import { createTranslator } from '../../../i18n/translator.ts';
import type { CaseState, ModerationCase } from '../../../moderation/cases/case.ts';
import type { Outcome, OutcomeKind } from '../../../request/outcome.ts';
import { replyOf } from '../replies/embed.ts';
import { discordStyle } from '../replies/style.ts';

/** The body that tells a settled case in a channel. */
export function logEntry(record: ModerationCase, locale: Locale): RESTPostAPIChannelMessageJSONBody {
  const { command, group } = record;
  const { body } = replyOf(outcomeOf(record), { command, group }, createTranslator(locale, discordStyle));
  return { embeds: body.embeds, allowed_mentions: { parse: [] } };
}

/** Targets come last: of a long list, those that do not fit are counted. */
function outcomeOf(record: ModerationCase): Outcome {
  const { command, number, reason, state } = record;
  const lines = [authorOf(record), ...boundsOf(record), ...targetsOf(record)];
  return {
    kind: kinds[state],
    command,
    message: headOf(record),
    results: lines.map(lineOf),
    requests: [],
    case: number,
    ...(reason !== null && { reason }),
  };
}

const lineOf = (line: Message) => ({ target: '', outcome: 'answer', message: line }) as const;

const kinds: Readonly<Record<CaseState, OutcomeKind>> = {
  pending: 'partly',
  applied: 'done',
  partly: 'partly',
  failed: 'failed',
  undone: 'done',
  expired: 'done',
};
