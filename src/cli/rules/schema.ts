// `rules schema`: the JSON Schema of the settings file, with all parts of rules.

import { commands } from '../../../commands/index.ts';
import { settingsContext } from '../../app/open.ts';
import { rulesJsonSchema } from '../../automod/json-schema.ts';
import { jsonSchema } from '../../settings/json-schema.ts';
import { settingsSchema } from '../../settings/schema.ts';
import { type Terminal, writeLine } from '../../surfaces/terminal/terminal.ts';

/** Prints it. @returns the exit code */
export function printSchema({ stdout }: Terminal): Promise<number> {
  const { commands: names, rules } = settingsContext;
  const settings = jsonSchema(settingsSchema(names, rules.keys));
  writeLine(stdout, JSON.stringify(rulesJsonSchema(settings, commands), null, 2));
  return Promise.resolve(0);
}
