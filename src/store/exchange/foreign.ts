// Files that are no export of ours: the ban lists of other programs, which name players of a game, and all the rest.

/** `list`: something else than one JSON object a line. */
export type ForeignFile = 'Minecraft' | 'LiteBans' | 'SourceBans' | 'list';

/** Columns, tables and commands that only these programs have. */
const signs: readonly (readonly [RegExp, ForeignFile])[] = [
  [/banned_by_(?:name|uuid)|litebans_/i, 'LiteBans'],
  [/\bauthid\b|\bsb_bans\b|\bSTEAM_[0-5]:[01]:\d+|^\s*banid\s/im, 'SourceBans'],
  [/"(?:uuid|ip)"\s*:[\s\S]*"(?:created|source|expires)"\s*:/, 'Minecraft'],
];

/** @param start the first lines of a file that is not empty @returns `null` for what may be an export */
export function foreignFile(start: string): ForeignFile | null {
  // Lines of an export are objects with these two.
  if (/^\s*\{.*"(?:format|number)"\s*:/.test(start)) return null;
  const sign = signs.find(([pattern]) => pattern.test(start));
  if (sign !== undefined) return sign[1];
  return /^\s*\{[ \t]*\S/.test(start) ? null : 'list';
}
