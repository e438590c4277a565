// The settings as JSON Schema, with which editors complete and check them while they are written.
import { z } from 'zod';
import { shortForms } from './shape.ts';

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What people may write for a schema of settings. What cannot be said in JSON Schema is left open. */
export function jsonSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override });
  return rest;
}

/** Beside a map or list stands its short form; a choice of names that only a file knows is any name. */
function override({
  zodSchema,
  jsonSchema: shown,
}: {
  zodSchema: z.core.$ZodTypes;
  jsonSchema: JsonSchema;
}): void {
  if (Array.isArray(shown.enum) && shown.enum.length === 0) {
    delete shown.enum;
    shown.type = 'string';
  }
  const short = shortForms.get(zodSchema);
  if (short === undefined) return;
  const whole = { ...shown };
  for (const key of Object.keys(shown)) delete shown[key];
  shown.anyOf = [jsonSchema(short), whole];
}
