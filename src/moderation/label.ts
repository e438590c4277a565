// Labels: how somebody or something with a name and an identifier is shown, `Bob the builder (u79)`, and read again.

/** Letters that can be written in two ways are the same letter, and blanks around a name are none of it. */
export const folded = (name: string): string => name.normalize('NFC').trim();

/** What nobody sees: controls, marks of direction, blanks without width, fillers. Emoji need their joiners. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|\u034f/gu;
/** In an identifier also what only changes how its neighbours look, and blanks that could be overlooked. */
const UNSEEN_IN_ID = /[^\p{L}\p{N}\p{P}\p{S}\p{M} ]|[\ufe00-\ufe0f]|^ | $|(?<= ) /gu;

const escapeOf = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

/** A name with everything in sight: invisible characters as `\u{200b}`. */
export const visibleName = (name: string): string => name.replace(UNSEEN, escapeOf);

/** An identifier with everything in sight, so that no two look alike; `unescaped` reads it. */
export const visibleId = (id: string): string =>
  id.replaceAll('\\', '\\\\').replace(UNSEEN, escapeOf).replace(UNSEEN_IN_ID, escapeOf);

/** Takes `\u{…}` and `\\` back. */
export const unescaped = (text: string): string =>
  text.replace(/\\(?:\\|u\{([0-9a-f]{1,6})\})/giu, (_whole, code: string | undefined) => {
    if (code === undefined) return '\\';
    const point = Number.parseInt(code, 16);
    return point > 0x10ffff ? '' : String.fromCodePoint(point);
  });

/** Something with a name and an identifier. */
export interface Named {
  readonly id: string;
  /** May be empty. */
  readonly name: string;
}

/** `name (id)`, or the identifier alone where the name says nothing more. */
export const labelFor = ({ id, name }: Named): string =>
  name.trim() === '' || name === id ? visibleId(id) : `${visibleName(name)} (${visibleId(id)})`;

/** Most places at which the identifier of a label may begin. */
const MOST_SPLITS = 4;

/** What a text names if it is a label. Both halves may hold brackets, so there can be several readings. */
export function readLabel(text: string): readonly Named[] {
  if (!text.endsWith(')')) return [];
  return [...text.matchAll(/ \(/g)].slice(-MOST_SPLITS).map(({ index }) => ({
    name: text.slice(0, index),
    id: unescaped(text.slice(index + 2, -1)),
  }));
}

/** Whether something is what a label names: it bears that name now. */
export const isLabelled = (label: Named, { id, name }: Named): boolean =>
  label.id === id && folded(visibleName(name)) === folded(label.name);
