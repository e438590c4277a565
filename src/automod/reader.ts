// The rules of a settings file: `rules`, `lists` and `expect`, with every fault and its place.
import { z } from 'zod';
import { type Command, optionsOf } from '../command/command.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import type { Path } from '../settings/fault.ts';
import { type Found, problemsOf } from '../settings/problems.ts';
import type { RulesReader, WrittenRules } from '../settings/rules.ts';
import { map, matching, problemAt, section } from '../settings/shape.ts';
import { keywords, some, text } from './fields.ts';
import type { RuleSet } from './judge/judge.ts';
import { Matcher } from './match/scan.ts';
import type { Known } from './part.ts';
import { compileRule, MOST_RULES, type Rule, ruleSchema } from './rule.ts';
import { whyNot } from './trial/expect.ts';

/** All rules of a settings file. */
export interface RuleBook {
  /** The rules that hold in a group, in their order. */
  in(group: string): RuleSet;
  /** The rules for all groups, and those of each group that has its own. */
  readonly everywhere: RuleSet;
  readonly byGroup: ReadonlyMap<string, RuleSet>;
  /** Lists of keywords by their names. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** How many texts `expect` names. */
  readonly expectations: number;
}

const noRules: RuleSet = { rules: [], matcher: new Matcher() };

export const noBook: RuleBook = {
  in: () => noRules,
  everywhere: noRules,
  byGroup: new Map(),
  lists: new Map(),
  expectations: 0,
};

/** The commands that rules may name, each with the names of its options. */
export const commandOptions = (commands: readonly Command[]): Known['commands'] =>
  new Map(commands.map((command) => [command.name, optionsOf(command).map(([name]) => name)]));

/** What reads the rules. @param commands those that rules may name */
export function createRulesReader(commands: readonly Command[]): RulesReader<RuleBook> {
  const named = commandOptions(commands);
  return {
    keys: { everywhere: ['rules', 'lists', 'expect'], inGroups: ['rules'] },
    none: noBook,
    read: (written) => new Reading(written, named).result(),
  };
}

const listName = matching(/^[\p{L}\p{N}._-]{1,40}$/u, (path) => message('rules.listName', { path }));
export const listsSchema = section(z.record(listName, section(keywords)));

const texts = some(text).optional();
const expectation = map({ match: texts, pass: texts });
export const expectSchema = section(z.record(z.string(), section(expectation)));

const named = z.looseObject({ name: z.string() });

/** One way through the rules of a file. */
class Reading {
  readonly #found: Found[] = [];
  readonly #written: WrittenRules;
  readonly #known: Known;

  constructor(written: WrittenRules, commands: Known['commands']) {
    this.#written = written;
    const lists = this.#parse(listsSchema, written.everywhere.lists, ['lists']) ?? {};
    // A list with a fault is still one that rules may name.
    const names = Object.keys(asMap(written.everywhere.lists));
    this.#known = { lists: new Map(names.map((name) => [name, lists[name] ?? []])), commands };
  }

  result(): ReturnType<RulesReader<RuleBook>['read']> {
    const everywhere = this.#ruleSet(this.#written.everywhere.rules, ['rules'], '');
    const groups = [...this.#written.groups].flatMap(([id, { rules }]) =>
      rules === undefined ? [] : [[id, this.#ruleSet(rules, ['groups', id, 'rules'], id)] as const],
    );
    const byGroup = new Map(groups);
    const expectations = this.#expect([everywhere, ...byGroup.values()]);
    if (this.#found.length > 0) return { ok: false, found: this.#found };
    const { lists } = this.#known;
    const book = {
      everywhere,
      byGroup,
      lists,
      expectations,
      in: (id: string) => byGroup.get(id) ?? everywhere,
    };
    return { ok: true, rules: book };
  }

  #ruleSet(value: unknown, path: Path, scope: string): RuleSet {
    const written = this.#parse(rulesSchema(this.#known), value, path) ?? [];
    const matcher = new Matcher();
    const known = this.#known;
    const rules = written.map((rule) => compileRule(rule, { matcher, known, key: `${scope}\n${rule.name}` }));
    for (const [index, rule] of rules.entries()) this.#answersMessages(rule, [...path, index, 'then']);
    return { matcher, rules };
  }

  /** What is done to a message needs one: a name is changed already when it is heard of. */
  #answersMessages({ when, does }: Rule, path: Path): void {
    if (when.some(({ events }) => events.includes('message'))) return;
    for (const [index, { action }] of does.entries()) {
      if (action.kind !== 'answer' && action.kind !== 'take-back') continue;
      this.#fault([...path, index], 'value', (at) => message('rules.messageOnly', { path: at }));
    }
  }

  #expect(sets: readonly RuleSet[]): number {
    const written = this.#parse(expectSchema, this.#written.everywhere.expect, ['expect']) ?? {};
    const names = this.#writtenNames();
    let count = 0;
    for (const [name, expected] of Object.entries(written)) {
      if (!names.includes(name)) {
        const about = { count: names.length, names: literal(names.join(', ')) };
        this.#fault(['expect', name], 'key', (path) => message('rules.expect.unknown', { path, ...about }));
      }
      for (const way of ['match', 'pass'] as const) {
        const all = expected?.[way] ?? [];
        count += all.length;
        for (const [index, one] of all.entries())
          this.#hold(sets, name, way, one, ['expect', name, way, index]);
      }
    }
    return count;
  }

  /** The names of all rules, also of those with faults. */
  #writtenNames(): readonly string[] {
    const { everywhere, groups } = this.#written;
    const lists = [everywhere.rules, ...[...groups.values()].map(({ rules }) => rules)];
    const rules = lists.flatMap((list) => (Array.isArray(list) ? list : []));
    return [...new Set(rules.flatMap((rule) => named.safeParse(rule).data?.name ?? []))];
  }

  #hold(sets: readonly RuleSet[], name: string, way: 'match' | 'pass', shown: string, path: Path): void {
    for (const set of sets) {
      for (const rule of set.rules.filter((one) => one.name === name)) {
        const why = whyNot(set, rule, way, shown);
        if (why !== null)
          this.#fault(path, 'value', (at) => message(`rules.expect.${way}`, { path: at, why }));
      }
    }
  }

  #fault(path: Path, part: Found['part'], problem: (path: string) => Message): void {
    this.#found.push({ path, part, problem });
  }

  #parse<Value>(schema: z.ZodType<Value>, input: unknown, path: Path): Value | null {
    const read = schema.safeParse(input);
    if (read.success) return read.data;
    const found = read.error.issues.flatMap(problemsOf);
    this.#found.push(...found.map((one) => ({ ...one, path: [...path, ...one.path] })));
    return null;
  }
}

export const rulesSchema = (known: Known) =>
  section(
    z.array(ruleSchema(known)).superRefine((rules, context) => {
      if (rules.length > MOST_RULES) {
        context.addIssue(problemAt([], (path) => message('rules.longList', { path, limit: MOST_RULES })));
      }
      for (const [index, { name }] of rules.entries()) {
        if (rules.findIndex((other) => other.name === name) === index) continue;
        context.addIssue(problemAt([index, 'name'], (path) => message('rules.sameName', { path })));
      }
    }),
  );

const asMap = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
