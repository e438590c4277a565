// The parts of rules as tables of the page docs/rules.md, from the registry itself.
import { parse } from 'yaml';
import type { Message } from '../i18n/message.ts';
import { createTranslator } from '../i18n/translator.ts';
import { jsonSchema } from '../settings/json-schema.ts';
import { Matcher } from './match/scan.ts';
import type { ActionPart, ConditionPart, Known, Part, TriggerPart } from './part.ts';
import { actions, conditions, triggers } from './registry.ts';

const { text } = createTranslator('en', { escape: (one) => one, time: String });

/** Three tables in Markdown. @param commands those that rules may name */
export function partsPage(commands: Known['commands']): string {
  const known: Known = { lists: new Map(), commands };
  const tools = { matcher: new Matcher(), known, key: '' };
  const compiled = (part: TriggerPart | ConditionPart) =>
    part.reader(known).parse(settingsOf(part))(tools).sentence;
  const does = (part: ActionPart) => part.reader(known).parse(settingsOf(part)).sentence;
  return [
    '### Triggers',
    table(triggers, 'looks for', compiled),
    '### Conditions',
    table(conditions, 'holds where', compiled),
    '### Actions',
    table(actions, 'what it does', does),
  ].join('\n\n');
}

function table<One extends Part>(
  parts: readonly One[],
  says: string,
  sentence: (part: One) => Message,
): string {
  const rows = parts.map((part) => {
    const example = part.example === '' ? part.name : `${part.name}: ${part.example}`;
    return `| \`${example}\` | ${text(sentence(part))} | ${keysOf(part)} |`;
  });
  return [`| example | ${says} | settings |`, '| --- | --- | --- |', ...rows].join('\n');
}

/** The example as the settings file would hold it: its reader leaves `true` a word. */
const settingsOf = ({ example }: Part): unknown =>
  example === '' ? undefined : parse(example, { schema: 'failsafe', customTags: ['null', 'int'] });

function keysOf({ schema, isBare }: Part): string {
  const shape = jsonSchema(schema);
  const forms = [shape, ...(shape.anyOf ?? [])];
  const keys = forms.flatMap((form) => (typeof form === 'object' ? Object.keys(form.properties ?? {}) : []));
  const shown = keys.map((key) => `\`${key}\``).join(' ');
  return isBare && shown !== '' ? `${shown}, or none` : shown;
}
