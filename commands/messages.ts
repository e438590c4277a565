// /messages: what was written in the group, with the numbers by which messages are taken back.
import {
  type AnswerLine,
  byName,
  excerptOf,
  found,
  groupLabel,
  kindOf,
  literal,
  members,
  message,
  optional,
  reading,
  type StoredMessage,
  saidIn,
  textOf,
  wholeNumber,
} from '../src/command/index.ts';

/** Messages of a page unless told, and at most. */
const LISTED = 20;
const MOST_LISTED = 50;
/** Characters of all texts of a page, so that a reply has room for its lines. */
const TEXTS = 2_400;
/** Shortest and longest excerpt, in characters. */
const SHORTEST = 60;
const LONGEST = 1_000;
/** Largest number of a message that is looked for. */
const LARGEST = 999_999_999;
const RECALLED = 2;

export const messages = reading({
  name: 'messages',
  capability: 'lookup',
  options: {
    member: optional(members()),
    last: byName(wholeNumber(1, MOST_LISTED)),
    around: byName(wholeNumber(1, LARGEST)),
    before: byName(wholeNumber(1, LARGEST)),
  },
  reach: 'account',
  calls: [],
  async answer({ last = LISTED, around, before }, { group, members }, { messages }) {
    const by = members.length === 0 ? undefined : members.map(({ account }) => account);
    const page = await messages({ count: last, around, before, by });
    if (!page.ok) return page;
    const { messages: shown, next } = page.value;
    const most = Math.max(SHORTEST, Math.min(LONGEST, Math.floor(TEXTS / last)));
    return found({
      message: message('messages.head', { group: groupLabel(group), count: shown.length }),
      lines: shown.map((one) => lineOf(one, most)),
      next: next === null ? null : String(next),
    });
  },
});

function lineOf(one: StoredMessage, most: number): AnswerLine {
  const { MsgSeq: seq, From_Account: sender, MsgTimeStamp: at, MsgBody: body } = one;
  const said =
    one.IsPlaceMsg === RECALLED
      ? message('messages.recalled')
      : saidIn(excerptOf(textOf(body), most), kindOf(body));
  return {
    target: String(seq),
    message: message('messages.line', {
      seq,
      sender: sender ?? literal('?'),
      at: { at: at ?? 0 },
      said,
    }),
  };
}
