// Finds every one of many patterns in one pass (Aho and Corasick, 1975), over UTF-16 units in typed arrays.

/** A pattern ends here: its number and the position after its last unit. */
export type OnFound = (pattern: number, end: number) => void;

export interface Automaton {
  /** Calls `found` for every pattern that ends in the first `length` units, also those within others. */
  search(units: Uint16Array, length: number, found: OnFound): void;
}

const ROOT = 0;
const NONE = -1;

/** Makes an automaton. @param patterns none of them empty; equal ones share what is found: the first is reported */
export function buildAutomaton(patterns: readonly Uint16Array[]): Automaton {
  const edges = new Edges(patterns.reduce((sum, { length }) => sum + length, 0));
  const nodes = patterns.reduce((sum, { length }) => sum + length, 1);
  const output = new Int32Array(nodes).fill(NONE);
  const parents = new Int32Array(nodes);
  const units = new Uint16Array(nodes);
  let count = 1;
  patterns.forEach((pattern, index) => {
    let node = ROOT;
    for (const unit of pattern) {
      let next = edges.get(node, unit);
      if (next === NONE) {
        next = count;
        count += 1;
        edges.set(node, unit, next);
        parents[next] = node;
        units[next] = unit;
      }
      node = next;
    }
    if (output[node] === NONE) output[node] = index;
  });
  return new Search(edges, output, ...links(edges, output, parents, units, count));
}

/** Where to go on when a unit does not fit (`fail`), and the next shorter node with a pattern (`shorter`). */
function links(edges: Edges, output: Int32Array, parents: Int32Array, units: Uint16Array, count: number) {
  const fail = new Int32Array(count);
  const shorter = new Int32Array(count).fill(NONE);
  const depth = new Int32Array(count);
  for (let node = 1; node < count; node += 1) depth[node] = (depth[parents[node] ?? 0] ?? 0) + 1;
  // A link leads to a node that is less deep, so the less deep are linked first.
  const order = Int32Array.from({ length: count - 1 }, (_, index) => index + 1).sort(
    (a, b) => (depth[a] ?? 0) - (depth[b] ?? 0),
  );
  for (const node of order) {
    const unit = units[node] ?? 0;
    const parent = parents[node] ?? ROOT;
    let at = parent === ROOT ? NONE : (fail[parent] ?? ROOT);
    let target = NONE;
    while (at !== NONE) {
      target = edges.get(at, unit);
      if (target !== NONE || at === ROOT) break;
      at = fail[at] ?? ROOT;
    }
    const linked = target === NONE ? ROOT : target;
    fail[node] = linked;
    shorter[node] = output[linked] === NONE ? (shorter[linked] ?? NONE) : linked;
  }
  return [fail, shorter] as const;
}

/** Edges from a node by a unit: a hash table in typed arrays, and a plain one for the root, where most steps end. */
class Edges {
  readonly root = new Int32Array(0x1_0000).fill(NONE);
  readonly #nodes: Int32Array;
  readonly #units: Uint16Array;
  readonly #targets: Int32Array;
  readonly #mask: number;

  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(most * 2 + 2));
    this.#nodes = new Int32Array(size).fill(NONE);
    this.#units = new Uint16Array(size);
    this.#targets = new Int32Array(size);
    this.#mask = size - 1;
  }

  get(node: number, unit: number): number {
    if (node === ROOT) return this.root[unit] ?? NONE;
    const slot = this.#slot(node, unit);
    return this.#nodes[slot] === NONE ? NONE : (this.#targets[slot] ?? NONE);
  }

  set(node: number, unit: number, target: number): void {
    if (node === ROOT) {
      this.root[unit] = target;
      return;
    }
    const slot = this.#slot(node, unit);
    this.#nodes[slot] = node;
    this.#units[slot] = unit;
    this.#targets[slot] = target;
  }

  /** Where the edge stands, or would. */
  #slot(node: number, unit: number): number {
    let slot = (Math.imul(node, 0x9e37_79b1) ^ Math.imul(unit, 0x85eb_ca6b)) >>> 7;
    for (slot &= this.#mask; ; slot = (slot + 1) & this.#mask) {
      const held = this.#nodes[slot];
      if (held === NONE || (held === node && this.#units[slot] === unit)) return slot;
    }
  }
}

class Search implements Automaton {
  readonly #edges: Edges;
  readonly #output: Int32Array;
  readonly #fail: Int32Array;
  readonly #shorter: Int32Array;

  constructor(edges: Edges, output: Int32Array, fail: Int32Array, shorter: Int32Array) {
    this.#edges = edges;
    this.#output = output;
    this.#fail = fail;
    this.#shorter = shorter;
  }

  search(units: Uint16Array, length: number, found: OnFound): void {
    const edges = this.#edges;
    const output = this.#output;
    const fail = this.#fail;
    const shorter = this.#shorter;
    let node = ROOT;
    for (let index = 0; index < length; index += 1) {
      const unit = units[index] ?? 0;
      let next = edges.get(node, unit);
      while (next === NONE && node !== ROOT) {
        node = fail[node] ?? ROOT;
        next = edges.get(node, unit);
      }
      node = next === NONE ? ROOT : next;
      for (let at = output[node] === NONE ? (shorter[node] ?? NONE) : node; at !== NONE; ) {
        found(output[at] ?? NONE, index + 1);
        at = shorter[at] ?? NONE;
      }
    }
  }
}
