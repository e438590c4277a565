// YAML into plain values, with the place of each; what is no readable YAML becomes faults.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParseOptions,
  parseDocument,
  type SchemaOptions,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import { type Message, message } from '../i18n/message.ts';
import { type Path, pathText, type SettingsFault } from './fault.ts';

export type Place = Pick<SettingsFault, 'line' | 'column'>;

export interface Content {
  /** Maps, lists, texts, whole numbers, and `null` for what was left blank. */
  readonly value: unknown;
  /** Where a value or its key stands; for what is missing, where that stands which should hold it. */
  placeOf(path: Path, part: 'key' | 'value'): Place;
}

export interface ParsedYaml {
  /** `null` when the text cannot be understood as a whole. */
  readonly content: Content | null;
  readonly faults: readonly SettingsFault[];
}

/** How often a file may use aliases, and how deep it may nest: each alias can repeat everything above it. */
const MOST_ALIASES = 100;
const DEEPEST = 20;

/** Only decimal whole numbers and blanks mean more than their text: `1e3`, `0x10` and `yes` are what people see. */
const dialect: ParseOptions & SchemaOptions = {
  schema: 'failsafe',
  customTags: ['null', 'int'],
  resolveKnownTags: false,
  merge: false,
  // A bare ID keeps its digits as a key.
  stringKeys: true,
  // Looked for below, where the path is known.
  uniqueKeys: false,
  // The library would quote the line, which may hold a token.
  prettyErrors: false,
};

/** Reads one YAML document. Never throws. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...dialect, lineCounter: lines });
  const errors = [...document.errors, ...document.warnings];
  if (errors.length > 0) return { content: null, faults: syntaxFaults(errors, lines) };
  const walk = new Walk(document, lines);
  const value = walk.read(document.contents, [], null);
  return { content: { value, placeOf: (path, part) => walk.placeOf(path, part) }, faults: walk.faults };
}

/** One fault a line: most faults make others after them. */
function syntaxFaults(errors: readonly YAMLError[], lines: LineCounter): readonly SettingsFault[] {
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const byLine = new Map<number, SettingsFault>();
  for (const { code, pos } of exhausted === undefined ? errors : [exhausted]) {
    const place = placeAt(lines, pos[0]);
    if (!byLine.has(place.line)) byLine.set(place.line, { ...place, message: syntaxMessage(code) });
  }
  return [...byLine.values()];
}

function syntaxMessage(code: YAMLError['code']): Message {
  switch (code) {
    case 'TAB_AS_INDENT':
      return message('settings.syntax.tab');
    case 'MISSING_CHAR':
    case 'BAD_INDENT':
      return message('settings.syntax.unclosed');
    case 'BAD_SCALAR_START':
      return message('settings.syntax.start');
    case 'MULTIPLE_DOCS':
      return message('settings.syntax.documents');
    case 'TAG_RESOLVE_FAILED':
      return message('settings.syntax.tag');
    case 'RESOURCE_EXHAUSTION':
      return message('settings.syntax.deep');
    default:
      return message('settings.syntax.other');
  }
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  // An empty text has no lines yet.
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

interface Offsets {
  readonly key: number;
  readonly value: number;
}

/** One way through a document: collects values, places, and what the parser lets pass but we do not. */
class Walk {
  readonly faults: SettingsFault[] = [];
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #offsets = new Map<string, Offsets>();
  #aliases = 0;

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  placeOf(path: Path, part: 'key' | 'value'): Place {
    for (let length = path.length; length >= 0; length -= 1) {
      const offsets = this.#offsets.get(JSON.stringify(path.slice(0, length)));
      if (offsets !== undefined)
        return placeAt(this.#lines, offsets[length === path.length ? part : 'value']);
    }
    return placeAt(this.#lines, 0);
  }

  /** @param key offset of the key that holds the value; `null` in a list */
  read(node: unknown, path: Path, key: number | null): unknown {
    const start = offsetOf(node);
    const isBlank = isScalar(node) && node.value === null;
    const value = isBlank && key !== null ? key : (start ?? key ?? 0);
    this.#offsets.set(JSON.stringify(path), { key: key ?? value, value });
    return this.#value(node, path, value);
  }

  #value(node: unknown, path: Path, offset: number): unknown {
    if (path.length > DEEPEST) return this.#refuse(offset, message('settings.syntax.deep'));
    if (isAlias(node)) {
      this.#aliases += 1;
      if (this.#aliases > MOST_ALIASES) return this.#refuseAliases(offset);
      const target = node.resolve(this.#document);
      if (target === undefined) return this.#refuse(offset, message('settings.syntax.alias'));
      return this.#value(target, path, offset);
    }
    if (isMap(node)) return this.#map(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index], null));
    return isScalar(node) ? node.value : null;
  }

  #map(map: YAMLMap, path: Path): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const pair of map.items) {
      const [name, offset] = keyOf(pair);
      const at = [...path, name];
      if (Object.hasOwn(values, name)) this.#refuse(offset, message('settings.duplicateKey', named(at)));
      // The one key that would change the map itself.
      else if (name === '__proto__') this.#refuse(offset, message('settings.reservedKey', named(at)));
      else values[name] = this.read(pair.value, at, offset);
    }
    return values;
  }

  /** Said once: a bomb would say it for every alias in it. */
  #refuseAliases(offset: number): null {
    if (this.#aliases > MOST_ALIASES + 1) return null;
    return this.#refuse(offset, message('settings.syntax.aliases', { limit: MOST_ALIASES }));
  }

  #refuse(offset: number, problem: Message): null {
    this.faults.push({ ...placeAt(this.#lines, offset), message: problem });
    return null;
  }
}

const named = (path: Path) => ({ path: pathText(path) });

const offsetOf = (node: unknown): number | null => (isNodeWithRange(node) ? (node.range?.[0] ?? null) : null);

const isNodeWithRange = (node: unknown): node is Node =>
  isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);

/** The parser has refused keys that are no text. */
const keyOf = ({ key }: Pair): readonly [string, number] => [
  isScalar(key) ? String(key.value) : '',
  offsetOf(key) ?? 0,
];
