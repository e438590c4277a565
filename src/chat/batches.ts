// Batches: how many items one call of an endpoint takes.
import { type EndpointName, endpointOf } from './protocol/endpoints.ts';

/** Splits targets into lists that one call of `endpoint` takes. */
export function batches<Item>(endpoint: EndpointName, items: readonly Item[]): readonly (readonly Item[])[] {
  const max = endpointOf(endpoint).batch?.max ?? 1;
  const lists: Item[][] = [];
  for (let start = 0; start < items.length; start += max) lists.push(items.slice(start, start + max));
  return lists;
}
