// The rules as JSON Schema: the settings' own, with the keys that hold rules filled in.
import type { Command } from '../command/command.ts';
import { type JsonSchema, jsonSchema } from '../settings/json-schema.ts';
import { commandOptions, expectSchema, listsSchema, rulesSchema } from './reader.ts';

/** @param settings that of the settings file, whose keys for rules hold anything */
export function rulesJsonSchema(settings: JsonSchema, commands: readonly Command[]): JsonSchema {
  const rules = jsonSchema(rulesSchema({ lists: new Map(), commands: commandOptions(commands) }));
  const shared = { $ref: '#/$defs/rules' };
  const everywhere = { rules: shared, lists: jsonSchema(listsSchema), expect: jsonSchema(expectSchema) };
  const groups = settings.properties?.groups;
  const inGroup = typeof groups === 'object' ? groups.additionalProperties : undefined;
  const ofGroup = typeof inGroup === 'object' ? { ...inGroup.properties, rules: shared } : {};
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'marshal.yaml',
    ...settings,
    $defs: { rules },
    properties: {
      ...settings.properties,
      ...everywhere,
      ...(typeof groups === 'object' &&
        typeof inGroup === 'object' && {
          groups: { ...groups, additionalProperties: { ...inGroup, properties: ofGroup } },
        }),
    },
  };
}
