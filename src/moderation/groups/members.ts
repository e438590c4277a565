// Finds members: from the names that a moderator typed to the facts that a decision needs.

import { batches } from '../../chat/batches.ts';
import { type ChatError, callOptions } from '../../chat/chat.ts';
import type { Role } from '../../chat/protocol/schemas.ts';
import { type Message, message } from '../../i18n/message.ts';
import { failed, found, type Result } from '../result.ts';
import type { GroupFacts, MemberFacts } from './facts.ts';
import {
  couldBeAccount,
  factsOfProfile,
  factsWithoutProfile,
  isOff,
  type Lookup,
  mostMembers,
  profileFields,
  readBanned,
  readKnownAccounts,
  readLiveRoles,
  readMemberList,
  readMuted,
  type Until,
} from './lists.ts';
import {
  accountsOf,
  alsoNameCard,
  indexNames,
  likelyAccounts,
  likelyMember,
  meansAccount,
  memberNamed,
  shownAs,
  tooManyToSearch,
  type Wanted,
} from './names.ts';

/**
 * Whom a command can name besides members of the group: `muted` and `banned` accounts (a mute and a ban outlive
 * the membership), or any `account` of the application.
 */
export type Reach = 'member' | 'muted' | 'banned' | 'account';

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
  /** Who was found for each name, or what is wrong with it. */
  readonly matches: Matches;
  /** Names that nobody has, or several have. */
  readonly unknown: readonly Unknown[];
}

type Known = ReadonlyMap<string, MemberFacts>;

/** What each name came to. */
export type Matches = ReadonlyMap<Wanted, MemberFacts | Message>;

const nobody: Until = new Map();

/** Finds everybody that a request names: by account, by label, then by name card. */
export async function findMembers(lookup: Lookup, query: MemberQuery): Promise<Result<MembersFound>> {
  if (query.group.type === 'AVChatRoom') return findInLiveRoom(lookup, query);
  const profiles = await readProfiles(lookup, query, query.wanted.flatMap(likelyAccounts));
  if (!profiles.ok) return profiles;
  const matches = new Map<Wanted, MemberFacts | Message>();
  for (const one of query.wanted) {
    const member = likelyMember(one, profiles.value);
    if (member !== undefined) matches.set(one, member);
  }
  const missing = query.wanted.filter((one) => !matches.has(one));
  if (missing.length === 0) return found(collect(query, matches));
  const others = await findMissing(lookup, { ...query, wanted: missing });
  return others.ok ? found(collect(query, new Map([...matches, ...others.value]))) : others;
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
  const query = { group, wanted: [], reach: 'member', fields: [], signal } as const;
  const profiles = await readProfiles(lookup, query, [account]);
  return profiles.ok ? found(profiles.value.get(account)?.role ?? null) : profiles;
}

/** Profiles by account; whoever is not a member is left out. */
async function readProfiles(
  lookup: Lookup,
  query: MemberQuery,
  named: readonly string[],
): Promise<Result<Known>> {
  const accounts = [...new Set(named)].filter(couldBeAccount);
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
  const facts = members.map((profile) => factsOfProfile(profile, lookup.clock));
  lookup.seen?.note(query.group.id, facts);
  return found(facts);
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

/** Looks for the missing among accounts that are not members, then among the name cards. */
async function findMissing(lookup: Lookup, query: MemberQuery): Promise<Result<Matches>> {
  const outsiders = await findOutsiders(lookup, query);
  if (!outsiders.ok) return outsiders;
  const outsiderOf = (one: Wanted) =>
    accountsOf(one)
      .map((account) => outsiders.value.get(account))
      .find((facts) => facts !== undefined);
  const matches = new Map<Wanted, MemberFacts | Message>();
  for (const one of query.wanted.filter(meansAccount)) {
    const outsider = outsiderOf(one);
    if (outsider !== undefined) matches.set(one, outsider);
    else if (one.exact) matches.set(one, message('refused.notMember', { account: one.text }));
  }
  const names = query.wanted.filter((one) => !matches.has(one));
  if (names.length === 0) return found(matches);
  const members = await readNames(lookup, query);
  if (!members.ok) return members;
  if (members.value === null) {
    const seen = [...(lookup.seen?.of(query.group.id) ?? [])];
    for (const one of names) matches.set(one, tooManyToSearch(one, mostMembers, seen));
    return found(matches);
  }
  const index = indexNames(members.value);
  let suggestions = mostSuggestions;
  for (const one of names) {
    const outsider = outsiderOf(one);
    const match = outsider ?? memberNamed(one, index, suggestions > 0);
    if (!('account' in match)) suggestions -= 1;
    matches.set(one, (outsider && alsoNameCard(one, outsider.account, index)) ?? match);
  }
  return found(matches);
}

/** Names for which a similar one is looked for: a longer list of unknown names is no typing error. */
const mostSuggestions = 5;

/** All members of the group; `null` where they are too many, so that a name could have a second bearer. */
async function readNames(
  lookup: Lookup,
  { group, fields, signal }: MemberQuery,
): Promise<Result<readonly MemberFacts[] | null>> {
  if ((group.memberCount ?? 0) > mostMembers) return found(null);
  const list = await readMemberList(lookup, group, { fields, signal });
  return list.ok ? found(list.value.complete ? list.value.members : null) : list;
}

/** Accounts outside the group that the command can reach: muted, banned, or known to the application. */
async function findOutsiders(lookup: Lookup, query: MemberQuery): Promise<Result<Known>> {
  if (query.reach === 'member') return found(new Map());
  const muted = query.reach === 'banned' ? found(nobody) : await readMuted(lookup, query.group, query.signal);
  if (!muted.ok) return muted;
  const banned = query.reach === 'muted' ? found(nobody) : await readBans(lookup, query);
  if (!banned.ok) return banned;
  const accounts = query.wanted.flatMap(accountsOf);
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
  const [roles, outsiders] = await Promise.all([
    readLiveRoles(lookup, query.group, query.signal),
    findOutsiders(lookup, { ...query, reach: 'account' }),
  ]);
  if (!roles.ok) return roles;
  if (!outsiders.ok) return outsiders;
  const matches = new Map<Wanted, MemberFacts | Message>();
  for (const one of query.wanted) {
    const account = accountsOf(one).find((account) => outsiders.value.has(account));
    const facts = account === undefined ? undefined : outsiders.value.get(account);
    matches.set(
      one,
      facts === undefined
        ? message('refused.unknownAccount', { input: shownAs(one) })
        : { ...facts, role: roles.value.get(facts.account) ?? 'Member' },
    );
  }
  return found(collect(query, matches));
}

function collect(query: MemberQuery, matches: Matches): MembersFound {
  const members = new Map<string, MemberFacts>();
  const unknown: Unknown[] = [];
  for (const one of query.wanted) {
    const match = matches.get(one);
    if (match === undefined) continue;
    if ('account' in match) members.set(match.account, match);
    else unknown.push({ target: shownAs(one), problem: match });
  }
  return { members: [...members.values()], matches, unknown };
}
