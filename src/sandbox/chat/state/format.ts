// The format of a world file: what the Chat stand-in starts from and saves, made to be written by hand too.
import { z } from 'zod';
import { groupType, keyValue, msgFlags } from '../../../chat/protocol/schemas.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * A time: Unix seconds, ISO 8601 with a zone, or relative to the clock's start such as `now`, `now-90s`, `now+1h`.
 * Read as a function of that start.
 */
const time = z.union(
  [
    z
      .int()
      .min(0)
      .transform((seconds) => (_now: number) => seconds),
    z
      .string()
      .regex(/^now(?:[+-]\d{1,9}[smhd])?$|^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/)
      .refine((text) => text.startsWith('now') || !Number.isNaN(Date.parse(text)))
      .transform((text) => {
        if (!text.startsWith('now')) return (_now: number) => Math.floor(Date.parse(text) / 1000);
        const [, sign, count, unit] = /^now(?:([+-])(\d+)([smhd]))?$/.exec(text) ?? [];
        const seconds = Number(count ?? 0) * (UNITS[unit ?? 's'] ?? 1);
        return (now: number) => now + (sign === '-' ? -seconds : seconds);
      }),
  ],
  { error: 'a time is Unix seconds, ISO 8601 with a zone, or such as now, now-90s, now+1h' },
);

const account = z.string().min(1).max(32);
const texts = z.record(z.string(), z.string());
const times = z.record(account, time);
const platform = z.enum(['RESTAPI', 'Web', 'Android', 'iOS', 'Windows', 'Mac']);
const uint32 = z.int().min(0).max(4_294_967_295);

const content = {
  from: z.string().min(1),
  /** The words; `body` instead for other elements. */
  text: z.string().optional(),
  body: z.array(z.looseObject({})).optional(),
  time: time.optional(),
  random: uint32.optional(),
  customData: z.string().optional(),
  platform: platform.optional(),
};

const message = z.strictObject({
  ...content,
  state: z.enum(['normal', 'deleted', 'recalled']).optional(),
  priority: z.int().min(1).max(3).optional(),
  system: z.boolean().optional(),
});

const onOff = z.enum(['On', 'Off']);

const topic = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  created: time.optional(),
  profile: z
    .strictObject({
      CustomString: z.string(),
      FaceUrl: z.string(),
      Notification: z.string(),
      Introduction: z.string(),
      MuteAllMember: onOff,
    })
    .partial()
    .optional(),
  mutes: times.optional(),
  messages: z.array(message).optional(),
});

const permissionGroup = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  permission: z.int().min(0),
  customString: z.string().optional(),
  created: time.optional(),
  members: z.array(account).optional(),
  /** Mask by topic. */
  topics: z.record(z.string(), z.int().min(0)).optional(),
});

const member = z.strictObject({
  account,
  role: z.enum(['Admin', 'Member']).optional(),
  nameCard: z.string().optional(),
  joined: time.optional(),
  msgFlag: z.enum(msgFlags).optional(),
  lastSpoke: time.optional(),
  readSeq: z.int().min(0).optional(),
  fields: texts.optional(),
});

const group = z.strictObject({
  id: z.string().min(1).max(48),
  type: groupType,
  name: z.string().min(1),
  owner: account.optional(),
  created: time.optional(),
  lastInfo: time.optional(),
  infoSeq: z.int().min(0).optional(),
  /** Whether a Community has topics. */
  supportTopic: z.boolean().optional(),
  profile: z
    .strictObject({
      Introduction: z.string(),
      Notification: z.string(),
      FaceUrl: z.string(),
      MaxMemberNum: z.int(),
      ApplyJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableApply']),
      InviteJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableInvite']),
      MuteAllMember: onOff,
      HistoryMsgBeforeJoin: onOff,
      EnablePermission: z.int().min(0).max(1),
      DefaultPermission: z.int().min(0),
    })
    .partial()
    .optional(),
  members: z.array(member).optional(),
  /** Who is inside a live room. */
  online: z.array(account).optional(),
  liveAdmins: z.array(account).optional(),
  mutes: times.optional(),
  bans: z.record(account, z.strictObject({ until: time, description: z.string().optional() })).optional(),
  messages: z.array(message).optional(),
  topics: z.array(topic).optional(),
  permissionGroups: z.array(permissionGroup).optional(),
  fields: texts.optional(),
  attributes: texts.optional(),
  counters: z.record(z.string(), z.int()).optional(),
});

export const worldFile = z.strictObject({
  version: z.literal(1),
  /** Where the clock stands at the start; the machine's time unless told. */
  clock: z.iso.datetime({ offset: true }).optional(),
  accounts: z
    .array(
      z.strictObject({
        id: account,
        nick: z.string().optional(),
        avatar: z.string().optional(),
        /** Further values by tag, such as `Tag_Profile_IM_Level`. */
        profile: z.record(z.string(), z.union([z.string(), z.int()])).optional(),
        muted: z.strictObject({ groups: time.optional(), oneToOne: time.optional() }).optional(),
        online: platform.exclude(['RESTAPI']).optional(),
        inbox: z
          .array(
            z.strictObject({
              text: z.string(),
              from: z.string(),
              time: time.optional(),
              group: z.string().optional(),
              topic: z.string().optional(),
              random: uint32.optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  /** Keys of members' custom fields that are declared; at most five. */
  memberFields: z
    .array(keyValue.shape.Key.regex(/^\w{1,16}$/))
    .max(5)
    .optional(),
  groups: z.array(group).optional(),
  oneToOne: z
    .array(
      z.strictObject({
        ...content,
        to: account,
        seq: uint32.optional(),
        state: z.enum(['normal', 'recalled']).optional(),
      }),
    )
    .optional(),
});

/** A world file as it is written. */
export type WorldFile = z.input<typeof worldFile>;
/** A world file that has been read: its times are functions of the clock's start, in Unix seconds. */
export type ReadWorldFile = z.output<typeof worldFile>;
export type GroupEntry = NonNullable<ReadWorldFile['groups']>[number];
export type MessageEntry = NonNullable<GroupEntry['messages']>[number];
