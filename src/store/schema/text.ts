// Text that both databases take, whatever somebody typed.

/** PostgreSQL refuses longer values in an index; identifiers are far shorter, and names as typed may be cut. */
const INDEXED_LENGTH = 255;

/** PostgreSQL has no NUL, and UTF-8 no half of a surrogate pair: each becomes the replacement character. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

export const storableOrNull = (text: string | null): string | null => (text === null ? null : storable(text));

/** For a column that is looked up and stands in full elsewhere. */
export const indexable = (text: string): string => storable(text.slice(0, INDEXED_LENGTH));
