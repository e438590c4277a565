// Reads a group's lists page by page: members, the muted, the banned, a live room's admins.
import { type Chat, type ChatError, callOptions } from '../../chat/chat.ts';
import { type MemberProfile, PERMANENT, type Role } from '../../chat/protocol/schemas.ts';
import type { Clock } from '../../util/clock.ts';
import { failed, found, type Result } from '../result.ts';
import type { GroupFacts, MemberFacts } from './facts.ts';

/** What looking up needs. */
export interface Lookup {
  readonly chat: Chat;
  readonly clock: Clock;
}

export interface MemberList {
  readonly members: readonly MemberFacts[];
  /** Members in the whole group, whatever was filtered or left out. */
  readonly total: number;
  /** Whether every member was read. */
  readonly complete: boolean;
}

/** Until when accounts are muted or banned, in Unix seconds, by account. */
export type Until = ReadonlyMap<string, number>;

/** Page 34948 recommends 100 members a page; larger groups are read this far. */
const pageSize = 100;
const mostMembers = 6_000;
const banPageSize = 100;
const mostBans = 10_000;

export const profileFields = ['Role', 'JoinTime', 'MsgFlag', 'LastSendMsgTime', 'NameCard', 'MuteUntil'];

/** The end of a mute or ban while it lasts, else 0: Chat may still store one that has passed (page 34948). */
function stillUntil(until: number | undefined, clock: Clock): number {
  if (until === undefined) return 0;
  return until >= PERMANENT || until * 1_000 > clock.now() ? until : 0;
}

export function factsOfProfile(profile: MemberProfile, clock: Clock): MemberFacts {
  return {
    account: profile.Member_Account,
    role: profile.Role ?? 'Member',
    nameCard: profile.NameCard ?? '',
    mutedUntil: stillUntil(profile.MuteUntil, clock),
    bannedUntil: 0,
    msgFlag: profile.MsgFlag ?? null,
    fields: new Map(profile.AppMemberDefinedData.map((field) => [field.Key, field.Value])),
    joinedAt: profile.JoinTime || null,
    lastSpokeAt: profile.LastSendMsgTime || null,
  };
}

/** Facts about somebody of whom the group keeps no profile. */
export function factsWithoutProfile(
  account: string,
  role: Role | null,
  muted: Until,
  banned: Until,
): MemberFacts {
  return {
    account,
    role,
    nameCard: '',
    mutedUntil: muted.get(account) ?? 0,
    bannedUntil: banned.get(account) ?? 0,
    msgFlag: null,
    fields: new Map(),
    joinedAt: null,
    lastSpokeAt: null,
  };
}

/**
 * Reads the members of a group, at most 6,000 of them.
 * A Community pages by `Next`, the other types by `Offset` (page 34948).
 */
export async function readMemberList(
  { chat, clock }: Lookup,
  group: GroupFacts,
  options: { role?: Role; fields?: readonly string[]; most?: number; signal?: AbortSignal | undefined } = {},
): Promise<Result<MemberList>> {
  const most = Math.min(options.most ?? mostMembers, mostMembers);
  const members: MemberFacts[] = [];
  let total = 0;
  let next = '';
  for (;;) {
    const result = await chat.call(
      'get_group_member_info',
      {
        GroupId: group.id,
        MemberInfoFilter: profileFields,
        Limit: pageSize,
        ...(group.type === 'Community' ? { Next: next } : { Offset: members.length }),
        ...(options.role === undefined ? {} : { MemberRoleFilter: [options.role] }),
        ...(options.fields?.length ? { AppDefinedDataFilter_GroupMember: [...options.fields] } : {}),
      },
      callOptions(options.signal),
    );
    if (!result.ok) return failed(result.error);
    const page = result.answer.MemberList;
    members.push(...page.map((profile) => factsOfProfile(profile, clock)));
    total = result.answer.MemberNum ?? members.length;
    next = result.answer.Next ?? '';
    const complete = group.type === 'Community' ? next === '' : page.length < pageSize;
    if (complete || page.length === 0 || members.length >= most) {
      return found({ members: members.slice(0, most), total, complete: complete && members.length <= most });
    }
  }
}

/** Who is muted now (page 34964); expired entries are left out. */
export async function readMuted(
  { chat, clock }: Lookup,
  group: GroupFacts,
  signal?: AbortSignal,
): Promise<Result<Until>> {
  const result = await chat.call('get_group_muted_account', { GroupId: group.id }, callOptions(signal));
  if (!result.ok) return failed(result.error);
  return found(
    running(
      result.answer.MutedAccountList.map((one) => [one.Member_Account, one.MutedUntil]),
      clock,
    ),
  );
}

/** Who is banned now, at most 10,000 accounts (page 50295). */
export async function readBanned(
  { chat, clock }: Lookup,
  group: GroupFacts,
  signal?: AbortSignal,
): Promise<Result<Until>> {
  const entries: [string, number][] = [];
  let offset = 0;
  do {
    const result = await chat.call(
      'get_group_ban_member',
      { GroupId: group.id, Limit: banPageSize, Offset: offset },
      callOptions(signal),
    );
    if (!result.ok) return failed(result.error);
    for (const one of result.answer.BannedAccountList) entries.push([one.Member_Account, one.BannedUntil]);
    const next = result.answer.NextOffset ?? 0;
    if (next <= offset) break;
    offset = next;
  } while (entries.length < mostBans);
  return found(running(entries, clock));
}

function running(entries: readonly (readonly [string, number])[], clock: Clock): Until {
  return new Map(
    entries
      .map(([account, until]) => [account, stillUntil(until, clock)] as const)
      .filter(([, until]) => until > 0),
  );
}

/** Chat does not have this call (10003, 60009) or the application's edition or console keeps it off (10007, 10059). */
export const isOff = (error: ChatError): boolean => [10003, 60009, 10007, 10059].includes(error.code ?? 0);

/** The roles in a live room, which keeps no member profiles: its owner and its admins. */
export async function readLiveRoles(
  { chat }: Lookup,
  group: GroupFacts,
  signal?: AbortSignal,
): Promise<Result<ReadonlyMap<string, Role>>> {
  const result = await chat.call('get_admin_list', { GroupId: group.id }, callOptions(signal));
  // Where the call is off, live rooms have no admins at all.
  if (!result.ok && !isOff(result.error)) return failed(result.error);
  const admins = result.ok ? result.answer.Admin_List : [];
  const roles = new Map<string, Role>(admins.map((admin) => [admin.Admin_Account, 'Admin']));
  if (group.owner !== null) roles.set(group.owner, 'Owner');
  return found(roles);
}

/** A user identifier is at most 32 bytes of printable ASCII (page 34385); Chat refuses whole calls over others. */
export const couldBeAccount = (text: string): boolean => /^[\x20-\x7e]{1,32}$/.test(text);

/** Which of these accounts the application knows (page 34956). */
export async function readKnownAccounts(
  { chat }: Lookup,
  accounts: readonly string[],
  signal?: AbortSignal,
): Promise<Result<ReadonlySet<string>>> {
  const known = new Set<string>();
  const possible = accounts.filter(couldBeAccount);
  for (let start = 0; start < possible.length; start += 100) {
    const batch = possible.slice(start, start + 100).map((account) => ({ UserID: account }));
    const result = await chat.call('account_check', { CheckItem: batch }, callOptions(signal));
    if (!result.ok) return failed(result.error);
    for (const item of result.answer.ResultItem) {
      if (item.AccountStatus === 'Imported') known.add(item.UserID);
    }
  }
  return found(known);
}
