// A rule: when it looks at an event, what excuses it, and what it then does.
import { z } from 'zod';
import { type Role, roles } from '../chat/protocol/schemas.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import {
  accept,
  choice,
  leaf,
  map,
  matching,
  problemAt,
  refuse,
  shortForms,
  span,
  yesNo,
} from '../settings/shape.ts';
import type { Action } from './action.ts';
import { some, text } from './fields.ts';
import type { CompiledCondition, CompiledTrigger, Known, Tools } from './part.ts';
import { actions, conditions, triggers } from './registry.ts';

/** `test`: it is judged, and does nothing. */
export type RuleMode = 'on' | 'test' | 'off';

/** What a rule does, and the sentence that says so. */
export interface RuleAction {
  readonly name: string;
  readonly sentence: Message;
  readonly action: Action;
}

export interface Rule {
  readonly name: string;
  readonly mode: RuleMode;
  /** `null`: in every group. */
  readonly groups: ReadonlySet<string> | null;
  readonly exemptRoles: ReadonlySet<Role>;
  readonly exemptAccounts: ReadonlySet<string>;
  /** For how many seconds it does nothing more about the same member once it has; 0: it always does. */
  readonly cooldown: number;
  /** Whether no rule after it is asked once it has matched. */
  readonly stop: boolean;
  readonly when: readonly CompiledTrigger[];
  readonly unless: readonly CompiledCondition[];
  readonly does: readonly RuleAction[];
}

/** A rule as it was written, without fault, before its parts are compiled. */
export type WrittenRule = z.output<ReturnType<typeof ruleSchema>>;

/** Most rules of a file, and most parts of each kind in one of them. */
export const MOST_RULES = 255;
const MOST_PARTS = 25;

const mode = leaf((input) => {
  const found = ({ true: 'on', test: 'test', off: 'off', false: 'off' } as const)[String(input)];
  return found === undefined ? refuse((path) => message('rules.mode', { path })) : accept<RuleMode>(found);
}).meta({ enum: [true, 'test', 'off'] });

/** A rule's name stands in cases and answers. */
const ruleName = matching(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,38}[\p{L}\p{N}])?$/u, (path) =>
  message('rules.name', { path }),
).meta({ type: 'string', maxLength: 40 });

/** Moderators are exempt unless a rule says otherwise. */
const usuallyExempt: readonly Role[] = ['Owner', 'Admin'];

export function ruleSchema(known: Known) {
  return map({
    name: ruleName,
    enabled: mode.optional(),
    groups: some(text).optional(),
    when: partList(triggers, known),
    unless: partList(conditions, known).optional(),
    // biome-ignore lint/suspicious/noThenProperty: a word of the file; nobody awaits a schema
    then: partList(actions, known),
    exempt: map({ roles: z.array(choice(roles)).optional(), accounts: z.array(text).optional() }).optional(),
    cooldown: span.optional(),
    stop: yesNo.optional(),
  });
}

interface Reader<Made> {
  readonly name: string;
  readonly isBare: boolean;
  reader(known: Known): z.ZodType<Made>;
}

/** A list of parts, each a map with the part's name as its only key, or the bare name. */
function partList<Made>(parts: readonly Reader<Made>[], known: Known) {
  const readers = Object.fromEntries(parts.map((part) => [part.name, part.reader(known).optional()]));
  const entry = map(readers).meta({ minProperties: 1, maxProperties: 1 });
  const example = literal(parts[0]?.name ?? '');
  const spelled = z.preprocess((input, context) => {
    const settings = spelledOut(input);
    if (isMap(settings) && Object.keys(settings).length !== 1) {
      context.addIssue(problemAt([], (path) => message('rules.onePart', { path, example })));
    }
    return settings;
  }, entry);
  const bare = parts.filter(({ isBare }) => isBare).map(({ name }) => name);
  shortForms.set(spelled, choice(bare));
  const one = spelled.transform((written) =>
    Object.entries(written).flatMap(([name, made]) => (made === undefined ? [] : [{ name, made }])),
  );
  return some(one, MOST_PARTS).transform((list) => list.flat());
}

/** `invites` and `invites:` as `invites: {}`. */
function spelledOut(input: unknown): unknown {
  if (typeof input === 'string') return { [input]: {} };
  if (!isMap(input)) return input;
  return Object.fromEntries(Object.entries(input).map(([name, settings]) => [name, settings ?? {}]));
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes a rule of what was written. @param key under which its parts keep their notes */
export function compileRule(written: WrittenRule, { matcher, known, key }: Tools): Rule {
  return {
    name: written.name,
    mode: written.enabled ?? 'on',
    groups: written.groups === undefined ? null : new Set(written.groups),
    exemptRoles: new Set(written.exempt?.roles ?? usuallyExempt),
    exemptAccounts: new Set(written.exempt?.accounts ?? []),
    cooldown: written.cooldown ?? 0,
    stop: written.stop ?? false,
    when: written.when.map(({ made }, index) => made({ matcher, known, key: `${key}\n${index}` })),
    unless: (written.unless ?? []).map(({ made }, index) =>
      made({ matcher, known, key: `${key}\n-${index}` }),
    ),
    does: written.then.map(({ name, made }) => ({ name, ...made })),
  };
}
