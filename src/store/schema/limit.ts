// How much one query may ask for.

/** Most entries of one page. */
export const LARGEST_PAGE = 1_000;

/** @throws RangeError unless `limit` is a whole number from 1 to `most` */
export function requireLimit(limit: number, most: number, what: string): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return;
  throw new RangeError(`${what} has 1 to ${most} entries, not ${limit}.`);
}
