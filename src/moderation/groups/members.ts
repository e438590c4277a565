// Finds members: from the names that a moderator typed to the facts that a decision needs.

import { batches } from '../../chat/batches.ts';
import { type ChatError, callOptions } from '../../chat/chat.ts';
import type { Role } from '../../chat/protocol/schemas.ts';
import { type Message, message } from '../../i18n/message.ts';
import { nearest } from '../../util/nearest.ts';
import { failed, found, type Result } from '../result.ts';
import type { GroupFacts, MemberFacts } from './facts.ts';
import {
  couldBeAccount,
  factsOfProfile,
  factsWithoutProfile,
  isOff,
  type Lookup,
  profileFields,
  readBanned,
  readKnownAccounts,
  readLiveRoles,
  readMemberList,
  readMuted,
  type Until,
} from './lists.ts';

/**
 * Whom a command can name besides members of the group: `muted` and `banned` accounts (a mute and a ban outlive
 * the membership), or any `account` of the application.
 */
export type Reach = 'member' | 'muted' | 'banned' | 'account';

/** A name to look up. `exact` is an account that a surface is sure of: no name card is searched for it. */
export interface Wanted {
  readonly text: string;
  readonly exact: boolean;
}

export interface MemberQuery {
  readonly group: GroupFacts;
  readonly wanted: readonly Wanted[];
  readonly reach: Reach;
  /** Keys of the custom fields to read. */
  readonly fields: readonly string[];
  readonly signal: AbortSignal | undefined;
}

export interface Unknown {
  readonly target: string;
  readonly problem: Message;
}

export interface MembersFound {
  /** Each member once, in the order they were named. */
  readonly members: readonly MemberFacts[];
  /** Names that nobody has, or several have. */
  readonly unknown: readonly Unknown[];
}

type Known = ReadonlyMap<string, MemberFacts>;

const nobody: Until = new Map();

/** Finds everybody that a request names. An account goes before a name card. */
export async function findMembers(lookup: Lookup, query: MemberQuery): Promise<Result<MembersFound>> {
  if (query.group.type === 'AVChatRoom') return findInLiveRoom(lookup, query);
  const profiles = await readProfiles(lookup, query);
  if (!profiles.ok) return profiles;
  const missing = query.wanted.filter((one) => !profiles.value.has(one.text));
  if (missing.length === 0) return found(collect(query, profiles.value, []));
  return findMissing(lookup, { ...query, wanted: missing }, query, profiles.value);
}

/** The role of one account in a group; `null` when it is not a member. */
export async function findRole(
  lookup: Lookup,
  group: GroupFacts,
  account: string,
  signal: AbortSignal | undefined,
): Promise<Result<Role | null>> {
  if (group.type === 'AVChatRoom') {
    const roles = await readLiveRoles(lookup, group, signal);
    return roles.ok ? found(roles.value.get(account) ?? null) : roles;
  }
  const wanted = [{ text: account, exact: true }];
  const profiles = await readProfiles(lookup, { group, wanted, reach: 'member', fields: [], signal });
  return profiles.ok ? found(profiles.value.get(account)?.role ?? null) : profiles;
}

/** Profiles by account; whoever is not a member is left out. */
async function readProfiles(lookup: Lookup, query: MemberQuery): Promise<Result<Known>> {
  const accounts = [...new Set(query.wanted.map((one) => one.text))].filter(couldBeAccount);
  const read = await Promise.all(
    batches('get_specified_group_member_info', accounts).map((batch) => readBatch(lookup, query, batch)),
  );
  const known = new Map<string, MemberFacts>();
  for (const batch of read) {
    if (!batch.ok) return batch;
    for (const member of batch.value) known.set(member.account, member);
  }
  return found(known);
}

async function readBatch(
  lookup: Lookup,
  query: MemberQuery,
  accounts: readonly string[],
): Promise<Result<readonly MemberFacts[]>> {
  const result = await lookup.chat.call(
    'get_specified_group_member_info',
    {
      GroupId: query.group.id,
      Member_List_Account: [...accounts],
      MemberInfoFilter: profileFields,
      ...(query.fields.length === 0 ? {} : { AppDefinedDataFilter_GroupMember: [...query.fields] }),
    },
    callOptions(query.signal),
  );
  if (!result.ok) return readOtherwise(lookup, query, accounts, result.error);
  // An entry without a role is nobody in this group: whether Chat leaves such out is not documented (page 64897).
  const members = result.answer.MemberList.filter((profile) => profile.Role !== undefined);
  return found(members.map((profile) => factsOfProfile(profile, lookup.clock)));
}

/**
 * The call is from October 2024: where it is missing, the member list is read. Where Chat refuses a list over one
 * account in it (10004, 10019, 20003), each is asked for alone, and one that is refused alone is nobody here.
 */
async function readOtherwise(
  lookup: Lookup,
  query: MemberQuery,
  accounts: readonly string[],
  error: ChatError,
): Promise<Result<readonly MemberFacts[]>> {
  if (error.code === 10003 || error.code === 60009) {
    const roster = await readMemberList(lookup, query.group, { fields: query.fields, signal: query.signal });
    return roster.ok
      ? found(roster.value.members.filter((member) => accounts.includes(member.account)))
      : roster;
  }
  if (![10004, 10019, 20003].includes(error.code ?? 0)) return failed(error);
  if (accounts.length <= 1) return found([]);
  const alone = await Promise.all(accounts.map((account) => readBatch(lookup, query, [account])));
  const stopped = alone.find((one) => !one.ok);
  return stopped ?? found(alone.flatMap((one) => (one.ok ? one.value : [])));
}

/** Looks for the missing among the name cards, then among accounts that are not members. */
async function findMissing(
  lookup: Lookup,
  missing: MemberQuery,
  query: MemberQuery,
  profiles: Known,
): Promise<Result<MembersFound>> {
  const outsiders = await findOutsiders(lookup, missing);
  if (!outsiders.ok) return outsiders;
  const known = new Map([...profiles, ...outsiders.value]);
  const unknown: Unknown[] = [];
  const names = missing.wanted.filter((one) => !known.has(one.text));
  if (names.length > 0) {
    const roster = await readMemberList(lookup, query.group, { fields: query.fields, signal: query.signal });
    if (!roster.ok) return roster;
    for (const one of names) {
      const match = one.exact ? notMember(one.text) : byNameCard(one.text, roster.value.members);
      if ('account' in match) known.set(one.text, match);
      else unknown.push({ target: one.text, problem: match });
    }
  }
  return found(collect(query, known, unknown));
}

const notMember = (account: string): Message => message('refused.notMember', { account });

function byNameCard(text: string, members: readonly MemberFacts[]): MemberFacts | Message {
  const matches = members.filter((member) => member.nameCard === text);
  const [only, ...more] = matches;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) {
    return message('refused.ambiguousMember', {
      input: text,
      accounts: matches.map((member) => member.account),
    });
  }
  const suggestion = nearest(
    text,
    members.flatMap((member) => [member.account, member.nameCard]),
  );
  return suggestion === null
    ? message('refused.unknownMember', { input: text })
    : message('refused.unknownMemberDidYouMean', { input: text, suggestion });
}

/** Accounts outside the group that the command can reach: muted, banned, or known to the application. */
async function findOutsiders(lookup: Lookup, query: MemberQuery): Promise<Result<Known>> {
  if (query.reach === 'member') return found(new Map());
  const muted = query.reach === 'banned' ? found(nobody) : await readMuted(lookup, query.group, query.signal);
  if (!muted.ok) return muted;
  const banned = query.reach === 'muted' ? found(nobody) : await readBans(lookup, query);
  if (!banned.ok) return banned;
  const accounts = query.wanted.map((one) => one.text);
  const known =
    query.reach === 'account'
      ? await readKnownAccounts(lookup, accounts, query.signal)
      : found<ReadonlySet<string>>(new Set());
  if (!known.ok) return known;
  const outside = accounts.filter(
    (account) => known.value.has(account) || muted.value.has(account) || banned.value.has(account),
  );
  return found(
    new Map(
      outside.map((account) => [account, factsWithoutProfile(account, null, muted.value, banned.value)]),
    ),
  );
}

/** The ban list; to a command that only wants to know more, a switched-off ban feature means nobody is banned. */
async function readBans(lookup: Lookup, query: MemberQuery): Promise<Result<Until>> {
  const banned = await readBanned(lookup, query.group, query.signal);
  const off = !banned.ok && banned.stop.kind === 'failed' && isOff(banned.stop.error);
  return off && query.reach === 'account' ? found(nobody) : banned;
}

/** A live room lists nobody: an account counts as a member when the application knows it. */
async function findInLiveRoom(lookup: Lookup, query: MemberQuery): Promise<Result<MembersFound>> {
  const accounts = query.wanted.map((one) => one.text);
  const [roles, outsiders] = await Promise.all([
    readLiveRoles(lookup, query.group, query.signal),
    findOutsiders(lookup, { ...query, reach: 'account' }),
  ]);
  if (!roles.ok) return roles;
  if (!outsiders.ok) return outsiders;
  const known = new Map<string, MemberFacts>();
  for (const account of accounts) {
    const facts = outsiders.value.get(account);
    if (facts !== undefined) known.set(account, { ...facts, role: roles.value.get(account) ?? 'Member' });
  }
  const unknown = query.wanted
    .filter((one) => !known.has(one.text))
    .map((one) => ({ target: one.text, problem: message('refused.unknownAccount', { input: one.text }) }));
  return found(collect(query, known, unknown));
}

function collect(query: MemberQuery, known: Known, unknown: readonly Unknown[]): MembersFound {
  const members = new Map<string, MemberFacts>();
  for (const one of query.wanted) {
    const member = known.get(one.text);
    if (member !== undefined) members.set(member.account, member);
  }
  return { members: [...members.values()], unknown };
}
