// The shapes inside JSON columns and exported lines.
import { z } from 'zod';
import type { CaseChange, CaseOutcome, CaseTarget } from '../../moderation/cases/case.ts';
import type { CaseActor } from '../../moderation/people/actor.ts';
import type { JsonValue } from '../../util/json.ts';

/** Whatever JSON.parse gave; a missing field is not a value. */
const json = z.custom<JsonValue>((value) => value !== undefined, 'a value is missing');

export const optionsSchema = z.record(z.string(), z.string());

export const actorSchema = z.strictObject({
  surface: z.string(),
  id: z.string(),
  name: z.string(),
  account: z.string().nullable(),
}) satisfies z.ZodType<CaseActor>;

const outcomes = [
  'pending',
  'done',
  'refused',
  'failed',
  'uncertain',
] as const satisfies readonly CaseOutcome[];

export const targetsSchema = z.array(
  z.strictObject({
    target: z.string(),
    before: json,
    outcome: z.enum(outcomes),
    code: z.int().nullable(),
  }) satisfies z.ZodType<CaseTarget>,
);

export const changesSchema = z.array(
  z.strictObject({ endpoint: z.string(), body: json }) satisfies z.ZodType<CaseChange>,
);
