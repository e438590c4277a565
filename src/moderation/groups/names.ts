// How a member is named: by account, by the label that completion shows, or by name card.
import { type Message, message } from '../../i18n/message.ts';
import { nearest } from '../../util/nearest.ts';
import { folded, isLabelled, readLabel, unescaped } from '../label.ts';
import type { MemberFacts } from './facts.ts';
import { couldBeAccount } from './lists.ts';
import type { SeenMember } from './seen.ts';

/** A name to look up, as it was typed. */
export interface Wanted {
  readonly text: string;
  /** An account that a surface is sure of: no name card is searched for it. */
  readonly exact: boolean;
  /** It stood in quotes: an `@` at its beginning belongs to it, and `\u{…}` is a character. */
  readonly quoted?: boolean;
}

/** What a name is spelt like; an `@` before it may be its own or say no more than that a name follows. */
function spellingsOf({ text, exact, quoted = false }: Wanted): readonly string[] {
  if (exact) return [text];
  if (quoted) return [unescaped(text)];
  return text.startsWith('@') ? [text.slice(1), text] : [text];
}

/** A name as it is repeated to whoever typed it. */
export const shownAs = (wanted: Wanted): string => spellingsOf(wanted)[0] ?? wanted.text;

/** Whether an account was meant: a bare word may as well be a name card. */
export const meansAccount = ({ text, exact, quoted = false }: Wanted): boolean =>
  exact || (!quoted && text.startsWith('@'));

/** The accounts that a name can be, the likeliest first. */
export const accountsOf = (wanted: Wanted): readonly string[] => spellingsOf(wanted);

const labelsOf = (wanted: Wanted) => (wanted.exact ? [] : spellingsOf(wanted).flatMap(readLabel));

/** The accounts to ask for before anything else: the likeliest, and those of a label. */
export const likelyAccounts = (wanted: Wanted): readonly string[] => [
  ...accountsOf(wanted).slice(0, 1),
  ...labelsOf(wanted).map(({ id }) => id),
];

/** The member whose account or label a name is. */
export function likelyMember(
  wanted: Wanted,
  members: ReadonlyMap<string, MemberFacts>,
): MemberFacts | undefined {
  const [likeliest = ''] = accountsOf(wanted);
  return members.get(likeliest) ?? labelled(wanted, (account) => members.get(account));
}

/** Whether a name is the label of a member, so that nobody else can be meant. */
export const isLabelOf = (wanted: Wanted, member: MemberFacts): boolean =>
  labelled(wanted, (account) => (account === member.account ? member : undefined)) !== undefined;

function labelled(
  wanted: Wanted,
  memberOf: (account: string) => MemberFacts | undefined,
): MemberFacts | undefined {
  for (const label of labelsOf(wanted)) {
    const member = memberOf(label.id);
    if (member !== undefined && isLabelled(label, { id: member.account, name: member.nameCard }))
      return member;
  }
  return undefined;
}

/** Members by what they are called, made once for many names. */
export interface NameIndex {
  readonly accounts: ReadonlyMap<string, readonly MemberFacts[]>;
  readonly cards: ReadonlyMap<string, readonly MemberFacts[]>;
  /** Accounts and name cards as they are written, to suggest one of them. */
  readonly written: readonly string[];
}

export function indexNames(members: readonly MemberFacts[]): NameIndex {
  const carded = members.filter(({ nameCard }) => nameCard.trim() !== '');
  return {
    accounts: Map.groupBy(members, ({ account }) => folded(account)),
    cards: Map.groupBy(carded, ({ nameCard }) => folded(nameCard)),
    written: members.flatMap(({ account, nameCard }) => [account, nameCard]),
  };
}

const calledBy = (names: ReadonlyMap<string, readonly MemberFacts[]>, wanted: Wanted): Set<MemberFacts> =>
  new Set(spellingsOf(wanted).flatMap((spelling) => names.get(folded(spelling)) ?? []));

/** The refusal of a bare word that is the account of somebody outside and the name card of a member; else `null`. */
export function alsoNameCard(wanted: Wanted, outsider: string, { cards }: NameIndex): Message | null {
  const named = [...calledBy(cards, wanted)];
  if (named.length === 0) return null;
  const accounts = [outsider, ...named.map(({ account }) => account)];
  return message('refused.accountOrCard', { input: shownAs(wanted), accounts });
}

/**
 * The one of all members that bears a name; what is wrong where nobody or several do.
 * @param suggests whether a similar name is looked for, which takes long in a large group
 */
export function memberNamed(wanted: Wanted, names: NameIndex, suggests: boolean): MemberFacts | Message {
  // Chat was asked for these by account, and does not know them.
  const asked = likelyAccounts(wanted).filter(couldBeAccount);
  const byAccount = [...calledBy(names.accounts, wanted)].filter(({ account }) => !asked.includes(account));
  const matches = byAccount.length > 0 ? byAccount : [...calledBy(names.cards, wanted)];
  const [only, ...more] = matches;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) {
    const accounts = matches.map((member) => member.account);
    return message('refused.ambiguousMember', { input: shownAs(wanted), accounts });
  }
  const suggestion = suggests ? nearest(shownAs(wanted), names.written) : null;
  return suggestion === null
    ? message('refused.unknownMember', { input: shownAs(wanted) })
    : message('refused.unknownMemberDidYouMean', { input: shownAs(wanted), suggestion });
}

/** The refusal in a group that is too large to be searched: a twin might be missed, so only an account is sure. */
export function tooManyToSearch(wanted: Wanted, most: number, seen: Iterable<SeenMember>): Message {
  const spellings = spellingsOf(wanted).map(folded);
  const accounts = [...seen]
    .filter(({ account, nameCard }) => [account, nameCard].some((name) => spellings.includes(folded(name))))
    .map(({ account }) => account);
  const input = shownAs(wanted);
  return accounts.length === 0
    ? message('refused.groupTooLarge', { input, max: most })
    : message('refused.groupTooLargeSeen', { input, max: most, accounts });
}
