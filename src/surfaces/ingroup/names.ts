// How the members of a group are called, for the names that people type after an @.
import type { ChatCalls } from './chat-calls.ts';

/** What a client may write after the @: the name card, the nickname, or the account. */
export interface Called {
  readonly account: string;
  readonly names: readonly string[];
}

export interface Names {
  /** The members of a group with their names; as far as they are read, and none where the group lists nobody. */
  of(group: string): Promise<readonly Called[]>;
  /** One account's names. */
  ofOne(group: string, account: string): Promise<Called>;
}

/** Members that are read: beyond them, an account always works. */
const MOST = 1_000;
const PAGE = 100;
/** In milliseconds. */
const KEPT = 60_000;
const MOST_GROUPS = 100;
const NICK = 'Tag_Profile_IM_Nick';

export function createNames(chat: ChatCalls, clock: { now(): number }): Names {
  const kept = new Map<string, { readonly called: Promise<readonly Called[]>; readonly until: number }>();
  return {
    of(group) {
      const known = kept.get(group);
      if (known !== undefined && known.until > clock.now()) return known.called;
      if (kept.size >= MOST_GROUPS) kept.clear();
      const called = readNames(chat, group);
      kept.set(group, { called, until: clock.now() + KEPT });
      return called;
    },
    async ofOne(group, account) {
      const [cards, nicks] = await Promise.all([
        readCards(chat, group, [account]),
        readNicks(chat, [account]),
      ]);
      return calledBy(account, cards.get(account), nicks.get(account));
    },
  };
}

const calledBy = (account: string, ...names: readonly (string | undefined)[]): Called => ({
  account,
  names: [...names.filter((name) => name !== undefined && name !== ''), account] as readonly string[],
});

async function readNames(chat: ChatCalls, group: string): Promise<readonly Called[]> {
  const cards = new Map<string, string>();
  for (let offset = 0; offset < MOST; offset += PAGE) {
    const page = await chat.call('get_group_member_info', {
      GroupId: group,
      MemberInfoFilter: ['NameCard'],
      Limit: PAGE,
      Offset: offset,
    });
    if (!page.ok) break;
    for (const { Member_Account, NameCard = '' } of page.answer.MemberList)
      cards.set(Member_Account, NameCard);
    if (page.answer.MemberList.length < PAGE) break;
  }
  const nicks = await readNicks(chat, [...cards.keys()]);
  return [...cards].map(([account, card]) => calledBy(account, card, nicks.get(account)));
}

async function readCards(chat: ChatCalls, group: string, accounts: readonly string[]) {
  const result = await chat.call('get_specified_group_member_info', {
    GroupId: group,
    Member_List_Account: [...accounts],
    MemberInfoFilter: ['NameCard'],
  });
  const list = result.ok ? result.answer.MemberList : [];
  return new Map(list.map(({ Member_Account, NameCard = '' }) => [Member_Account, NameCard]));
}

async function readNicks(chat: ChatCalls, accounts: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const nicks = new Map<string, string>();
  for (let start = 0; start < accounts.length; start += PAGE) {
    const result = await chat.call('portrait_get', {
      To_Account: accounts.slice(start, start + PAGE),
      TagList: [NICK],
    });
    for (const { To_Account, ProfileItem } of result.ok ? result.answer.UserProfileItem : []) {
      const nick = ProfileItem.find(({ Tag }) => Tag === NICK)?.Value;
      if (typeof nick === 'string') nicks.set(To_Account, nick);
    }
  }
  return nicks;
}
