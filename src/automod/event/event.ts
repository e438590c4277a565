// What rules judge: a message, somebody who joins, a changed name; and what is known of who did it.
import { z } from 'zod';
import type { GroupType, Role } from '../../chat/protocol/schemas.ts';
import { type MessageElement, type ShownText, textsOf } from './texts.ts';

interface AnyEvent {
  readonly group: string;
  /** Account of who wrote, joined or was renamed. */
  readonly from: string;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface MessageEvent extends AnyEvent {
  readonly kind: 'message';
  readonly texts: readonly ShownText[];
  readonly body: readonly MessageElement[];
  readonly topic: string | null;
  /** Accounts that are mentioned, each once, as Chat names them; those in the text alone are counted by the trigger. */
  readonly mentioned: readonly string[];
  readonly mentionsAll: boolean;
}

export interface JoinEvent extends AnyEvent {
  readonly kind: 'join';
}

export interface NameEvent extends AnyEvent {
  readonly kind: 'name';
  /** The new nickname or name card. */
  readonly texts: readonly ShownText[];
}

export type RuleEvent = MessageEvent | JoinEvent | NameEvent;
export type EventKind = RuleEvent['kind'];

/**
 * What is known of the member and the group. `undefined`: nobody looked yet; `null`: it cannot be known.
 * Times are Unix milliseconds.
 */
export interface MemberFacts {
  readonly role?: Role | null;
  readonly joinedAt?: number | null;
  readonly groupType?: GroupType | null;
  /** Whether a Discord user is linked to the account. */
  readonly linked?: boolean | null;
  /** When the standing cases about the member were made. */
  readonly cases?: readonly number[] | null;
  /** Points of warnings that stand. */
  readonly points?: readonly { readonly at: number; readonly points: number }[] | null;
}
export type FactName = keyof MemberFacts;

const element = z.looseObject({ MsgType: z.string(), MsgContent: z.looseObject({}) });
const mention = z.looseObject({
  GroupAtAllFlag: z.number().optional(),
  GroupAt_Account: z.string().optional(),
});

/** A message as the webhooks and the history write it; what rules do not need is let through. */
export const wireMessage = z.looseObject({
  GroupId: z.string().min(1),
  From_Account: z.string().min(1),
  MsgBody: z.array(element),
  CloudCustomData: z.unknown().optional(),
  TopicId: z.string().nullish(),
  GroupAtInfo: z.array(mention).nullish(),
});
export type WireMessage = z.output<typeof wireMessage>;

/** A message of the wire as an event. @param at when it was sent, in Unix milliseconds */
export function messageEvent(wire: WireMessage, at: number): MessageEvent {
  const mentions = wire.GroupAtInfo ?? [];
  return {
    kind: 'message',
    group: wire.GroupId,
    from: wire.From_Account,
    at,
    texts: textsOf(wire.MsgBody, wire.CloudCustomData),
    body: wire.MsgBody,
    topic: wire.TopicId ?? null,
    mentioned: [...new Set(mentions.flatMap(({ GroupAt_Account: account }) => account ?? []))],
    mentionsAll: mentions.some(({ GroupAtAllFlag }) => GroupAtAllFlag === 1),
  };
}

/** A plain text as an event. @param at Unix milliseconds */
export const textEvent = (group: string, from: string, at: number, text: string): MessageEvent =>
  messageEvent(
    { GroupId: group, From_Account: from, MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }] },
    at,
  );

/** A changed name as an event. @param at Unix milliseconds */
export const nameEvent = (group: string, from: string, at: number, name: string): NameEvent => ({
  kind: 'name',
  group,
  from,
  at,
  texts: [{ place: 'name', text: name }],
});
