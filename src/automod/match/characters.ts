// What each UTF-16 unit means to the rules: its plain form, the symbol that its look-alikes share, and its kind.
import { confusablesMap } from 'confusables';

/** What a character is where words end. */
export const kinds = { space: 0, sign: 1, latin: 2, letter: 3, unspaced: 4, digit: 5 } as const;
export type Kind = (typeof kinds)[keyof typeof kinds];

/** One visible character after folding. */
export interface Character {
  /** Lower case, without accents and width; what a keyword is compared with. */
  readonly plain: number;
  /** Shared by all that can stand for one another: `l`, `i`, `1`, `|` and `!` have the same. */
  readonly symbol: number;
  readonly kind: Kind;
}

/**
 * Signs and digits that stand for letters, and letters that the same sign can stand for; each group shares its first
 * character as its symbol.
 */
const disguises = ['l1i|!', 'o0', 'e3', 'a4@', 's5$', 't7+', 'b8', 'g69', 'z2', 'uv', 'c('] as const;
const symbolOf = new Map(disguises.flatMap((group) => [...group].map((one) => [one, group[0]] as const)));

/** Scripts whose words are written without blanks between them, or (Korean) with endings attached. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々〇]/u;
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}\p{Cn}]/u;
/** Marks that change no word: accents, and what is put over letters to hide them. */
const ACCENTS = '\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f';
/** Voicing marks of Kana, in both widths. */
const VOICING = '\\u3099\\u309a\\uff9e\\uff9f';
/** The later parts of a Korean syllable. */
const SYLLABLE_PARTS = '\\u1160-\\u11ff';
const accents = new RegExp(`[${ACCENTS}]`, 'g');
/** What joins the character before it. */
const joining = new RegExp(`[${ACCENTS}${VOICING}${SYLLABLE_PARTS}]`);
/** A cluster: a syllable from its parts, or a code point with its marks. */
export const clusters = new RegExp(
  `[\\u1100-\\u115f][${SYLLABLE_PARTS}]+|[\\s\\S][${ACCENTS}${VOICING}]*`,
  'gu',
);
/** White space, and the Braille cell without dots, which shows nothing. */
const blank = /[\s\u2800]/u;
const word = /[\p{L}\p{M}\p{N}]/u;

function kindOf(character: string): Kind {
  if (blank.test(character)) return kinds.space;
  if (unspaced.test(character)) return kinds.unspaced;
  if (/\p{Script=Latin}/u.test(character)) return kinds.latin;
  if (/\p{N}/u.test(character)) return kinds.digit;
  return word.test(character) ? kinds.letter : kinds.sign;
}

/** Katakana as Hiragana: the same word in either. */
const asHiragana = (code: number): number => (code >= 0x30a1 && code <= 0x30f6 ? code - 0x60 : code);

/** Small capitals that the table of look-alikes lacks. */
const smallCapitals = new Map(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ'].map((one, at) => [one, 'abcdefghijklmnoprstuvwyz'[at]]),
);

/** The Latin letter or digit that a character looks like, in lower case; itself where it looks like none. */
function likeness(character: string): string {
  if (character <= '~') return character;
  const like = smallCapitals.get(character) ?? confusablesMap.get(character) ?? character;
  return /^[\da-z]$/i.test(like) ? like.toLowerCase() : character;
}

/**
 * What one cluster (a code point with the marks and parts that belong to it) shows: nothing where it is invisible,
 * several characters where it stands for several, such as `㎏`.
 */
export function charactersOf(cluster: string): readonly Character[] {
  const known = seen.get(cluster);
  if (known !== undefined) return known;
  if (seen.size >= MOST_SEEN) seen.clear();
  const found = lookAt(cluster);
  seen.set(cluster, found);
  return found;
}

/** What clusters showed that were met before: chat repeats its emoji. */
const seen = new Map<string, readonly Character[]>();
const MOST_SEEN = 10_000;

function lookAt(cluster: string): readonly Character[] {
  const found: Character[] = [];
  for (const composed of cluster.normalize('NFKC')) {
    if (blank.test(composed)) {
      found.push(space);
      continue;
    }
    if (invisible.test(composed)) continue;
    if (unspaced.test(composed)) found.push(...unspacedOf(composed));
    else for (const bare of withoutAccents(composed)) found.push(characterOf(bare));
  }
  return found;
}

const space: Character = { plain: 0x20, symbol: 0x20, kind: kinds.space };

const unspacedOf = (character: string): readonly Character[] =>
  unitsOf(character).map((unit) => {
    const plain = asHiragana(unit);
    return { plain, symbol: plain, kind: kinds.unspaced };
  });

/** Accents of other scripts than Latin make other letters: й is not и. */
function withoutAccents(character: string): string {
  const bare = character.normalize('NFD').replace(accents, '');
  return bare === '' || /\p{Script=Latin}/u.test(bare) ? bare : character;
}

function characterOf(character: string): Character {
  const lower = character.toLowerCase();
  const like = likeness(character) === character ? likeness(lower) : likeness(character);
  const kind = kindOf(character);
  // A drawn letter (small capital, circled, squared) is the letter itself; one of another script only looks like it.
  const plain = kind === kinds.letter ? lower : like;
  const [unit = 0] = unitsOf(plain);
  const [shared = unit] = unitsOf(symbolOf.get(like.toLowerCase()) ?? like);
  return { plain: unit, symbol: shared, kind: kind === kinds.letter ? kind : kindOf(plain) };
}

/** A character beyond the first plane keeps its first unit only in the symbol: its second follows as one of its own. */
const unitsOf = (text: string): readonly number[] =>
  Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));

/** Entries of the table that are no symbols: nothing is shown; the unit alone does not tell; not looked at yet. */
export const INVISIBLE = 0;
export const COMPOSITE = 0xffff;
const UNKNOWN = 0xfffe;

const size = 0x1_0000;
const symbols = new Uint16Array(size).fill(UNKNOWN);
const plains = new Uint16Array(size);
const kindsOfUnits = new Uint8Array(size);

/**
 * By UTF-16 unit, what `charactersOf` says. Filled as units are met: all of them would take half a second.
 * `COMPOSITE` stands for surrogates, marks and what shows several characters.
 */
export const table = { symbols, plains, kinds: kindsOfUnits, symbolOf: symbolOfUnit } as const;

function symbolOfUnit(unit: number): number {
  const known = symbols[unit] ?? INVISIBLE;
  return known === UNKNOWN ? learn(unit) : known;
}

function learn(unit: number): number {
  const character = String.fromCharCode(unit);
  const isPart = (unit >= 0xd800 && unit <= 0xdfff) || unit >= UNKNOWN || joining.test(character);
  const [first, ...more] = isPart ? [] : charactersOf(character);
  const symbol = isPart || more.length > 0 ? COMPOSITE : (first?.symbol ?? INVISIBLE);
  symbols[unit] = symbol;
  plains[unit] = first?.plain ?? 0;
  kindsOfUnits[unit] = first?.kind ?? 0;
  return symbol;
}
