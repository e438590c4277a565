// The shapes that Chat's requests and answers are made of (docs/…/33529, 33520 and each call's own page).
import { z } from 'zod';

/** Group types by their names on the wire: Private is "Work", ChatRoom is "Meeting", AVChatRoom a live room. */
export const groupTypes = ['Private', 'Public', 'ChatRoom', 'AVChatRoom', 'Community'] as const;
export type GroupType = (typeof groupTypes)[number];

export const roles = ['Owner', 'Admin', 'Member'] as const;
export type Role = (typeof roles)[number];

/** How a member receives messages (profile field `MsgFlag`). */
export const msgFlags = ['AcceptAndNotify', 'AcceptNotNotify', 'AcceptNotNotifyExceptAt', 'Discard'] as const;
export type MsgFlag = (typeof msgFlags)[number];

/** `MuteTime` that mutes without end; documented for `forbid_send_msg` only (page 34951). */
export const PERMANENT = 4_294_967_295;

export const uint32 = z.int().min(0).max(4_294_967_295);
export const account = z.string().min(1);
export const groupId = z.string().min(1);
export const keyValue = z.object({ Key: z.string(), Value: z.string() });

/** A list in an answer: Chat sends `null` or leaves it out where it is empty. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

/** A field of an answer that may be absent or `null`. */
const loose = <Inner extends z.ZodType>(inner: Inner) =>
  inner.nullish().transform((value) => value ?? undefined);

const wireNames: Readonly<Record<string, GroupType>> = { Work: 'Private', Meeting: 'ChatRoom' };

/** Reads a group type under either of its names. */
export const groupType = z.string().transform((name, context): GroupType => {
  const found = groupTypes.find((type) => type === (wireNames[name] ?? name));
  if (found !== undefined) return found;
  context.addIssue(`unknown group type ${JSON.stringify(name)}`);
  return z.NEVER;
});

/** Some official samples carry `"Member "` with a trailing blank. */
const role = z
  .string()
  .trim()
  .transform((name) => roles.find((known) => known === name));

/** A member's profile in a group. Times are Unix seconds; `MuteUntil` in the past means "not muted". */
export const memberProfile = z.looseObject({
  Member_Account: z.string(),
  Role: loose(role),
  JoinTime: loose(z.number()),
  MsgSeq: loose(z.number()),
  MsgFlag: loose(z.string()),
  LastSendMsgTime: loose(z.number()),
  NameCard: loose(z.string()),
  MuteUntil: loose(z.number()),
  OnlineStatus: loose(z.string()),
  AppMemberDefinedData: listOf(keyValue),
});
export type MemberProfile = z.output<typeof memberProfile>;

/** One entry of `get_group_info`; each carries its own `ErrorCode`, the outer one means nothing (page 34961). */
export const groupInfo = z.looseObject({
  GroupId: z.string(),
  ErrorCode: loose(z.number()),
  ErrorInfo: loose(z.string()),
  Type: loose(groupType),
  Name: loose(z.string()),
  Introduction: loose(z.string()),
  Notification: loose(z.string()),
  Owner_Account: loose(z.string()),
  CreateTime: loose(z.number()),
  LastMsgTime: loose(z.number()),
  NextMsgSeq: loose(z.number()),
  MemberNum: loose(z.number()),
  MaxMemberNum: loose(z.number()),
  ApplyJoinOption: loose(z.string()),
  MuteAllMember: loose(z.string()),
  SupportTopic: loose(z.number()),
  EnablePermission: loose(z.number()),
});
export type GroupInfo = z.output<typeof groupInfo>;

/** One element of a message (page 33527). */
export const messageElement = z.looseObject({ MsgType: z.string(), MsgContent: z.looseObject({}) });
export type MessageElement = z.output<typeof messageElement>;

/** One message of `group_msg_get_simple`. `IsPlaceMsg`: 0 normal, 1 deleted or expired, 2 recalled. */
export const storedMessage = z.looseObject({
  From_Account: loose(z.string()),
  IsPlaceMsg: loose(z.number()),
  IsSystemMsg: loose(z.number()),
  // A system tip's body is an object, not an array.
  MsgBody: z.unknown().transform((body) => z.array(messageElement).safeParse(body).data ?? []),
  MsgSeq: z.number(),
  MsgTimeStamp: loose(z.number()),
});
export type StoredMessage = z.output<typeof storedMessage>;
