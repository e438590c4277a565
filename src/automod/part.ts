// What a part of a rule is: its settings, the sentence that explains it, and what it does. One file a part.
import type { z } from 'zod';
import type { Message } from '../i18n/message.ts';
import type { Action } from './action.ts';
import type { EventKind, FactName, MemberFacts, RuleEvent } from './event/event.ts';
import type { Note } from './judge/memory.ts';
import type { Matcher, Scan } from './match/scan.ts';
import type { Span } from './match/words.ts';

/** What the rest of the file and the program have, that a part may name. */
export interface Known {
  /** Lists of keywords. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** Commands, each with the names of its options. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
}

/** What a part sees of an event. */
export interface Look {
  readonly event: RuleEvent;
  /** One scan a text of the event, in their order. */
  readonly scans: readonly Scan[];
  /** What is known of the member; `null` where it cannot be known, or not yet: then the event is judged again. */
  fact<Name extends FactName>(name: Name): NonNullable<MemberFacts[Name]> | null;
  /** What was noted under a key, in this event or before. */
  recall(key: string): Note | null;
  note(key: string, note: Note): void;
  /** The sum of a counter of the member, and whether this event added to it. */
  counter(name: string): { readonly total: number; readonly grew: boolean };
}

/** What a trigger found: where in the event's texts, or nowhere, where it counts events. */
export interface Finding {
  /** Index of the text; `null`: not in a text. */
  readonly text: number | null;
  readonly span: Span;
}

/** For what no text shows. */
export const nowhere: Finding = { text: null, span: { start: 0, end: 0 } };

export interface CompiledTrigger {
  readonly events: readonly EventKind[];
  /** Whether the history of a group shows what it looks for. */
  readonly inHistory: boolean;
  /** Whether it must see every event, even those that nothing else asks about. */
  readonly remembers: boolean;
  readonly sentence: Message;
  find(look: Look): Finding | null;
}

export interface CompiledCondition {
  readonly sentence: Message;
  /** `null`: it cannot be told. */
  holds(look: Look): boolean | null;
}

/** What triggers and conditions are compiled with. */
export interface Tools {
  readonly matcher: Matcher;
  readonly known: Known;
  /** Under which the part keeps its notes; no other part has it. */
  readonly key: string;
}

/** A part without the type of its settings, which its own file knows. */
interface AnyPart<Made> {
  readonly name: string;
  /** Whether the name alone says everything. */
  readonly isBare: boolean;
  /** An example of its settings, in YAML. */
  readonly example: string;
  /** For people and editors. */
  readonly schema: z.ZodType;
  reader(known: Known): z.ZodType<Made>;
}

export type TriggerPart = AnyPart<(tools: Tools) => CompiledTrigger>;
export type ConditionPart = AnyPart<(tools: Tools) => CompiledCondition>;
export type ActionPart = AnyPart<{ readonly sentence: Message; readonly action: Action }>;
export type Part = TriggerPart | ConditionPart | ActionPart;

/** What every part's file says. */
interface Definition<Settings> {
  /** Lower case, with dashes. */
  readonly name: string;
  /** What stands after the name in YAML. */
  readonly example: string;
  /** What the settings may hold; `undefined` is read where only the name is written. */
  settings(known: Known): z.ZodType<Settings>;
  /** What it looks for or does, as a part of a sentence. */
  sentence(settings: Settings): Message;
}

const nothingKnown: Known = { lists: new Map(), commands: new Map() };

const anyPart = <Settings>({ name, example, settings }: Definition<Settings>) => {
  const schema = settings(nothingKnown);
  return { name, example, schema, isBare: schema.safeParse(undefined).success };
};

interface TriggerDefinition<Settings> extends Definition<Settings> {
  readonly events?: readonly EventKind[];
  readonly inHistory?: boolean;
  readonly remembers?: boolean;
  compile(settings: Settings, tools: Tools): (look: Look) => Finding | null;
}

/** A trigger: it reads messages, which histories show, unless told. */
export const trigger = <Settings>(definition: TriggerDefinition<Settings>): TriggerPart => ({
  ...anyPart(definition),
  reader: (known) =>
    definition.settings(known).transform((settings) => (tools: Tools) => ({
      events: definition.events ?? (['message'] as const),
      inHistory: definition.inHistory ?? true,
      remembers: definition.remembers ?? false,
      sentence: definition.sentence(settings),
      find: definition.compile(settings, tools),
    })),
});

interface ConditionDefinition<Settings> extends Definition<Settings> {
  compile(settings: Settings): (look: Look) => boolean | null;
}

export const condition = <Settings>(definition: ConditionDefinition<Settings>): ConditionPart => ({
  ...anyPart(definition),
  reader: (known) =>
    definition.settings(known).transform(
      (settings) => (): CompiledCondition => ({
        sentence: definition.sentence(settings),
        holds: definition.compile(settings),
      }),
    ),
});

interface ActionDefinition<Settings> extends Definition<Settings> {
  action(settings: Settings): Action;
}

export const action = <Settings>(definition: ActionDefinition<Settings>): ActionPart => ({
  ...anyPart(definition),
  reader: (known) =>
    definition.settings(known).transform((settings) => ({
      sentence: definition.sentence(settings),
      action: definition.action(settings),
    })),
});
