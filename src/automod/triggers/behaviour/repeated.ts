// Repeated: the same text again and again, or nearly the same, by one member or by several.
import { message } from '../../../i18n/message.ts';
import { choice, map, span } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { withItem } from '../../judge/memory.ts';
import { fold, plainText } from '../../match/fold.ts';
import { type Look, nowhere, trigger } from '../../part.ts';

/** How much of a text is compared, in characters, and how many texts. */
const COMPARED = 200;
const KEPT = 50;
/** Shorter texts (`ok`, `ㅋㅋ`) are said by everybody. */
const SHORTEST = 4;

export const repeated = trigger({
  name: 'repeated',
  example: '{ times: 3, within: 1m, similar: 80 }',
  remembers: true,
  settings: () =>
    map({
      times: between(2, KEPT),
      within: span,
      similar: between(50, 100).optional(),
      by: choice(['member', 'anybody'] as const).optional(),
    }),
  sentence: ({ times, within, by = 'member' }) =>
    message('rules.trigger.repeated', { count: times, within: { seconds: within }, by }),
  compile:
    ({ times, within, similar = 100, by = 'member' }, { key }) =>
    (look) => {
      const { event, recall, note } = look;
      const text = comparable(look);
      if (text.length < SHORTEST) return null;
      const place = by === 'member' ? `${key}\n${event.group}\n${event.from}` : `${key}\n${event.group}`;
      const noted = withItem(recall(place), { at: event.at, what: text, amount: 1 }, within, KEPT);
      note(place, noted);
      return noted.items.filter(({ what }) => isLike(what, text, similar)).length >= times ? nowhere : null;
    },
});

/** The text as it is seen, without what is put in to make it another: signs, blanks and digits. */
function comparable({ event, scans: [first] }: Look): string {
  if (event.kind !== 'message' || first === undefined) return '';
  return plainText(fold(first.text.slice(0, COMPARED * 2)))
    .replace(/[^\p{L}]/gu, '')
    .slice(0, COMPARED);
}

/** Whether two texts share at least so many percent of their pairs of letters (Dice). */
function isLike(one: string, other: string, percent: number): boolean {
  if (one === other) return true;
  if (percent === 100) return false;
  const pairs = pairsOf(one);
  let shared = 0;
  for (const [pair, count] of pairsOf(other)) shared += Math.min(count, pairs.get(pair) ?? 0);
  return 200 * shared >= percent * (one.length + other.length - 2);
}

function pairsOf(text: string): ReadonlyMap<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
