// What was typed: a message that may be a command, read from a webhook without asking anybody.
import type { MessageElement } from '../../chat/protocol/schemas.ts';
import type { Webhook } from '../../chat/protocol/webhooks/index.ts';

/** Where something was typed: in a group, or one-to-one to the bot's account. */
export type Where =
  | { readonly kind: 'group'; readonly group: string; readonly topic: string | null }
  | { readonly kind: 'direct' };

export interface Typed {
  /** The same for every delivery of the same message, and for no other message within a minute. */
  readonly id: string;
  readonly from: string;
  readonly where: Where;
  readonly text: string;
  /** Accounts that the message mentions, in the order of its text. */
  readonly mentions: readonly string[];
  /** `CloudCustomData`, in which a client names the message that is quoted; the sender's claim. */
  readonly custom: string;
  /** When it arrived, Unix milliseconds. */
  readonly at: number;
  /** When it was sent, by Chat's own clock where the webhook says so. */
  readonly sent: number;
}

/** A backend of the app may send in anybody's name: only what a person's own client sent is theirs. */
const BACKEND = 'restapi';

const isClient = (platform: string): boolean => platform.toLowerCase() !== BACKEND;

/**
 * What a person typed, where the webhook asks about or tells of such a message; `null` for everything else.
 * @param admin the bot's own account @param now Unix milliseconds
 */
export function typedIn(webhook: Webhook, admin: string, now: number): Typed | null {
  if (!isClient(webhook.origin.platform)) return null;
  switch (webhook.command) {
    case 'Group.CallbackBeforeSendMsg': {
      const { body } = webhook;
      // Without an operator nobody vouches for the sender.
      if (body.Operator_Account !== body.From_Account) return null;
      const text = textOf(body.MsgBody);
      return {
        id: [
          'group',
          body.GroupId,
          body.From_Account,
          body.Random ?? body.MsgId ?? body.EventTime ?? now,
          text,
        ].join('\n'),
        from: body.From_Account,
        where: { kind: 'group', group: body.GroupId, topic: body.TopicId ?? null },
        text,
        mentions: (body.GroupAtInfo ?? []).flatMap(({ GroupAt_Account: account }) => account ?? []),
        custom: body.CloudCustomData ?? '',
        at: now,
        sent: body.EventTime ?? now,
      };
    }
    case 'C2C.CallbackBeforeSendMsg':
    case 'C2C.CallbackAfterSendMsg': {
      const { body } = webhook;
      if (body.To_Account !== admin || body.From_Account === admin) return null;
      // It comes also for messages that were not sent.
      if ('SendMsgResult' in body && (body.SendMsgResult ?? 0) !== 0) return null;
      const key = body.MsgKey ?? [body.MsgSeq, body.MsgRandom, body.MsgTime ?? now].join('_');
      return {
        id: ['direct', body.From_Account, key].join('\n'),
        from: body.From_Account,
        where: { kind: 'direct' },
        text: textOf(body.MsgBody),
        mentions: [],
        custom: body.CloudCustomData ?? '',
        at: now,
        sent: body.EventTime ?? now,
      };
    }
    default:
      return null;
  }
}

/** The words of a message: its text elements. A message with anything else in it is still read by its words. */
export const textOf = (body: readonly MessageElement[]): string =>
  body
    .flatMap(({ MsgType, MsgContent }) => (MsgType === 'TIMTextElem' ? MsgContent.Text : []))
    .filter((part) => typeof part === 'string')
    .join('');

/** A command's name as it is typed: a slash, also a wide one of an input method, and a word. */
const head = /^\s*[/／]([^\s/／]{1,40})(?:\s|$)/u;

/** The word after the slash; `null` for a text that does not begin with one. */
export const nameIn = (text: string): string | null => head.exec(text)?.[1] ?? null;

/** The text as the grammar reads it: with the slash of a keyboard. */
export const lineOf = (text: string): string => text.trim().replace(/^／/u, '/');
