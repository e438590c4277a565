// Pages of lists whose cursor is a text, as Communities hand them out.
import { Failure } from './failure.ts';

/** Cursors of a Community are numbers too large for a double, in a text. */
const CURSOR_BASE = 144_115_265_295_492_787n;

/**
 * One page of a list. `next` is empty at the end.
 *
 * @throws Failure 10004 for a cursor that no call handed out, or a page size below 1
 */
export function pageOf<Item>(
  list: readonly Item[],
  size: number,
  cursor: string | undefined,
): { readonly items: readonly Item[]; readonly next: string } {
  if (size < 1) throw new Failure(10004, 'Limit is out of range');
  const start = readCursor(cursor);
  const end = start + size;
  return { items: list.slice(start, end), next: end < list.length ? String(CURSOR_BASE + BigInt(end)) : '' };
}

function readCursor(next: string | undefined): number {
  if (next === undefined || next === '') return 0;
  const offset = /^\d{18}$/.test(next) ? BigInt(next) - CURSOR_BASE : -1n;
  if (offset < 1n) throw new Failure(10004, 'Next is not one that this call returned');
  return Number(offset);
}
