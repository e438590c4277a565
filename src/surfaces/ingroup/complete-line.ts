// A typed line with what the message itself adds to it: whom it mentions, and which message it answers.
import { optionsOf } from '../../command/command.ts';
import type { Moderation } from '../../command/service.ts';
import { message } from '../../i18n/message.ts';
import { hasMention, type Rewritten, withAccounts } from './mentions.ts';
import type { Names } from './names.ts';
import { findQuoted, type QuoteDeps, quoteIn } from './quote.ts';
import { nameIn, type Typed } from './typed.ts';

export interface LineDeps extends QuoteDeps {
  readonly moderation: Pick<Moderation, 'registry'>;
  readonly names: Names;
}

/** @param line the text as the grammar reads it @param group the group that the command is about */
export async function completeLine(
  deps: LineDeps,
  line: string,
  typed: Typed,
  group: string,
): Promise<Rewritten> {
  const command = deps.moderation.registry.find(nameIn(line) ?? '');
  const [first] = command === null ? [] : optionsOf(command);
  const subject = first?.[1].subject?.kind;
  if (subject === 'members' && hasMention(line)) {
    const listed = await Promise.all(typed.mentions.map((account) => deps.names.ofOne(group, account)));
    return withAccounts(line, await deps.names.of(group), listed);
  }
  const quote = subject === undefined || typed.where.kind === 'direct' ? null : quoteIn(typed.custom);
  if (quote === null || isGiven(line, subject)) return { ok: true, line };
  const quoted = await findQuoted(deps, { group, topic: topicOf(typed) }, quote);
  if (quoted === null) return { ok: false, problem: message('ingroup.quoteUnknown') };
  const value = subject === 'messages' ? String(quoted.MsgSeq) : `@"${quoted.From_Account ?? ''}"`;
  return { ok: true, line: line.replace(/^(\S+)/u, (head) => `${head} ${value}`) };
}

const topicOf = ({ where }: Typed): string | null => (where.kind === 'group' ? where.topic : null);

/** Whether the line names its target itself, so that the quote adds nothing. */
const isGiven = (line: string, subject: 'members' | 'messages' | undefined): boolean =>
  subject === 'messages'
    ? /^\S+\s+(?:messages:|#?\d|last\b)/iu.test(line)
    : /^\S+\s+(?:member:|[@＠"<])/u.test(line);
