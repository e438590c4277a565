// The facts about a target as a case keeps them, from which an undo and a reconciliation are planned.

import { z } from 'zod';
import { roles } from '../../chat/protocol/schemas.ts';
import type { JsonValue } from '../../util/json.ts';
import type { GroupFacts, MemberFacts, MessageFacts } from '../groups/facts.ts';
import { excerptOf, kindOf, textOf } from '../groups/message-text.ts';
import { keptWrite } from './write.ts';

const member = z.object({
  kind: z.literal('member'),
  role: z.enum(roles).nullable(),
  nameCard: z.string(),
  mutedUntil: z.number(),
  bannedUntil: z.number(),
  msgFlag: z.string().nullable(),
  fields: z.record(z.string(), z.string()),
});
const group = z.object({ kind: z.literal('group'), locked: z.boolean() });
const message = z.object({
  kind: z.literal('message'),
  sender: z.string().nullable(),
  /** First words of the text. */
  excerpt: z.string(),
  /** Kind of its first element, as Chat names it. */
  element: z.string().default(''),
});

export type MemberSnapshot = z.output<typeof member>;
export type MessageSnapshot = z.output<typeof message>;

/** Reads a kept snapshot back; `null` where there was none. */
export const readSnapshot = (kept: JsonValue) =>
  z.discriminatedUnion('kind', [member, group, message, keptWrite]).nullable().catch(null).parse(kept);

interface Known {
  readonly group: GroupFacts;
  readonly members: readonly MemberFacts[];
  readonly messages: readonly MessageFacts[];
}

/** What is known of each target, by the name that a change covers it with; `null` for a name that was not found. */
export function snapshotsOf({ group, members, messages }: Known): (target: string) => JsonValue {
  const kept = new Map<string, JsonValue>([
    [group.id, { kind: 'group', locked: group.locked }],
    ...messages.map((one) => [String(one.seq), messageSnapshot(one)] as const),
    ...members.map((one) => [one.account, memberSnapshot(one)] as const),
  ]);
  return (target) => kept.get(target) ?? null;
}

const memberSnapshot = ({
  role,
  nameCard,
  mutedUntil,
  bannedUntil,
  msgFlag,
  fields,
}: MemberFacts): JsonValue => ({
  kind: 'member',
  role,
  nameCard,
  mutedUntil,
  bannedUntil,
  msgFlag,
  fields: Object.fromEntries(fields),
});

const messageSnapshot = ({ sender, body }: MessageFacts): JsonValue => ({
  kind: 'message',
  sender: sender?.account ?? null,
  excerpt: excerptOf(textOf(body)),
  element: kindOf(body),
});
