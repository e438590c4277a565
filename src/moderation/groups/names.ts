// How a member is named: by account, by the label that completion shows, or by name card.
import { type Message, message } from '../../i18n/message.ts';
import { nearest } from '../../util/nearest.ts';
import { folded, isLabelled, readLabel, unescaped } from '../label.ts';
import type { MemberFacts } from './facts.ts';
import { couldBeAccount } from './lists.ts';

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

/** The refusal of a bare word that is the account of somebody outside and the name card of a member; else `null`. */
export function alsoNameCard(
  wanted: Wanted,
  outsider: string,
  members: readonly MemberFacts[],
): Message | null {
  const spellings = spellingsOf(wanted).map(folded);
  const named = members.filter(({ nameCard }) => isName(nameCard, spellings));
  if (named.length === 0) return null;
  const accounts = [outsider, ...named.map(({ account }) => account)];
  return message('refused.accountOrCard', { input: shownAs(wanted), accounts });
}

/** The one of all members that bears a name; what is wrong where nobody or several do. */
export function memberNamed(wanted: Wanted, members: readonly MemberFacts[]): MemberFacts | Message {
  const spellings = spellingsOf(wanted).map(folded);
  // Chat was asked for these by account, and does not know them.
  const asked = likelyAccounts(wanted).filter(couldBeAccount);
  const byAccount = members.filter(
    ({ account }) => spellings.includes(folded(account)) && !asked.includes(account),
  );
  const matches =
    byAccount.length > 0 ? byAccount : members.filter(({ nameCard }) => isName(nameCard, spellings));
  const [only, ...more] = matches;
  if (only !== undefined && more.length === 0) return only;
  if (only !== undefined) {
    const accounts = matches.map((member) => member.account);
    return message('refused.ambiguousMember', { input: shownAs(wanted), accounts });
  }
  return unknown(shownAs(wanted), members);
}

const isName = (nameCard: string, spellings: readonly string[]): boolean =>
  nameCard.trim() !== '' && spellings.includes(folded(nameCard));

function unknown(text: string, members: readonly MemberFacts[]): Message {
  const suggestion = nearest(
    text,
    members.flatMap((member) => [member.account, member.nameCard]),
  );
  return suggestion === null
    ? message('refused.unknownMember', { input: text })
    : message('refused.unknownMemberDidYouMean', { input: text, suggestion });
}
