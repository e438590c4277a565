// Reads a group's lists page by page: members, the muted, the banned, a live room's admins.
import { type Chat, type ChatError, callOptions } from '../../chat/chat.ts';
import { type MemberProfile, PERMANENT, type Role } from '../../chat/protocol/schemas.ts';
import type { Clock } from '../../util/clock.ts';
import { failed, found, type Result } from '../result.ts';
import type { GroupFacts, MemberFacts } from './facts.ts';
import type { RecentMessages } from './recent.ts';
import type { SeenMembers } from './seen.ts';

/** What looking up needs. */
export interface Lookup {
  readonly chat: Chat;
  readonly clock: Clock;
  /** Where webhooks are taken: what was said in live rooms lately. */
  readonly recent?: RecentMessages;
  /** Where the names of members that were read are noted; nowhere by default. */
  readonly seen?: SeenMembers;
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

/** Page 34948 recommends 100 members a page. */
const pageSize = 100;
/** Larger groups are read this far, in at most 60 calls. */
export const mostMembers = 6_000;
/** Pages that are read at a time. */
const atOnce = 10;
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

interface ListOptions {
  readonly role?: Role;
  /** Keys of the custom fields to read. */
  readonly fields?: readonly string[];
  readonly most?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the members of a group, at most 6,000 of them.
 * A Community pages by `Next`, the other types by `Offset` (page 34948), so that their pages are read side by side.
 */
export async function readMemberList(
  lookup: Lookup,
  group: GroupFacts,
  options: ListOptions = {},
): Promise<Result<MemberList>> {
  const most = Math.min(options.most ?? mostMembers, mostMembers);
  const first = await readPage(lookup, group, options, { offset: 0, next: '' });
  if (!first.ok) return first;
  const rest = await readRest(lookup, group, options, first.value, most);
  if (!rest.ok) return rest;
  // While somebody joins or leaves, two pages may hold the same member.
  const all = new Map([first.value, ...rest.value.pages].flatMap(({ members }) => members).map(withAccount));
  const members = [...all.values()];
  lookup.seen?.note(group.id, members);
  return found({
    members: members.slice(0, most),
    total: first.value.total ?? members.length,
    complete: rest.value.complete && members.length <= most,
  });
}

const withAccount = (member: MemberFacts) => [member.account, member] as const;

interface Page {
  readonly members: readonly MemberFacts[];
  readonly total: number | undefined;
  /** Where a Community goes on; empty at its end. */
  readonly next: string;
}

/** The pages behind the first one, and whether they are all. */
interface Rest {
  readonly pages: readonly Page[];
  readonly complete: boolean;
}

async function readRest(
  lookup: Lookup,
  group: GroupFacts,
  options: ListOptions,
  first: Page,
  most: number,
): Promise<Result<Rest>> {
  const { total } = first;
  const known = group.type !== 'Community' && options.role === undefined && total !== undefined;
  return known
    ? readSideBySide(lookup, group, options, { total, most })
    : readInTurn(lookup, group, options, first, most);
}

async function readSideBySide(
  lookup: Lookup,
  group: GroupFacts,
  options: ListOptions,
  { total, most }: { readonly total: number; readonly most: number },
): Promise<Result<Rest>> {
  const offsets: number[] = [];
  for (let offset = pageSize; offset < Math.min(total, most); offset += pageSize) offsets.push(offset);
  const pages: Page[] = [];
  let stop: Result<Page> | undefined;
  const reader = async () => {
    for (let offset = offsets.shift(); offset !== undefined; offset = offsets.shift()) {
      const page = await readPage(lookup, group, options, { offset, next: '' });
      if (page.ok) pages[offset / pageSize - 1] = page.value;
      else {
        stop ??= page;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  if (stop !== undefined && !stop.ok) return stop;
  return found({ pages, complete: total <= most });
}

async function readInTurn(
  lookup: Lookup,
  group: GroupFacts,
  options: ListOptions,
  first: Page,
  most: number,
): Promise<Result<Rest>> {
  const pages: Page[] = [];
  let last = first;
  let count = first.members.length;
  const isLast = () => (group.type === 'Community' ? last.next === '' : last.members.length < pageSize);
  while (!isLast() && last.members.length > 0 && count < most) {
    const page = await readPage(lookup, group, options, { offset: count, next: last.next });
    if (!page.ok) return page;
    last = page.value;
    count += last.members.length;
    pages.push(last);
  }
  return found({ pages, complete: isLast() });
}

async function readPage(
  { chat, clock }: Lookup,
  group: GroupFacts,
  { role, fields = [], signal }: ListOptions,
  { offset, next }: { readonly offset: number; readonly next: string },
): Promise<Result<Page>> {
  const result = await chat.call(
    'get_group_member_info',
    {
      GroupId: group.id,
      MemberInfoFilter: profileFields,
      Limit: pageSize,
      ...(group.type === 'Community' ? { Next: next } : { Offset: offset }),
      ...(role === undefined ? {} : { MemberRoleFilter: [role] }),
      ...(fields.length > 0 ? { AppDefinedDataFilter_GroupMember: [...fields] } : {}),
    },
    callOptions(signal),
  );
  if (!result.ok) return failed(result.error);
  const { MemberList, MemberNum, Next } = result.answer;
  return found({
    members: MemberList.map((profile) => factsOfProfile(profile, clock)),
    total: MemberNum ?? undefined,
    next: Next ?? '',
  });
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
