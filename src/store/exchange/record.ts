// One exported case: everything that is known of it, on one line.
import { z } from 'zod';
import {
  type CaseNote,
  type CaseReason,
  type CaseState,
  caseStates,
  type ModerationCase,
  statesBefore,
} from '../../moderation/cases/case.ts';
import { actorSchema, changesSchema, optionsSchema, targetsSchema } from '../schema/json-columns.ts';

/** Grows when an older program could not read what a newer one exports. */
export const FORMAT = 2;

export interface CaseRecord extends ModerationCase {
  readonly format: typeof FORMAT;
  /** The reason that the case was opened with; `reason` is the one that stands. */
  readonly firstReason: string | null;
  readonly reasonChanges: readonly CaseReason[];
  readonly notes: readonly CaseNote[];
}

/** The last moment that a date can tell. */
const LAST_MOMENT = 8.64e15;
const moment = z.int().nonnegative().max(LAST_MOMENT);
/** How far two machines' clocks may be apart, in milliseconds. */
const CLOCKS_APART = 86_400_000;
const number = z.int().positive();
const ended: readonly CaseState[] = ['undone', 'expired'];
const standing: readonly CaseState[] = statesBefore('expired');

const isAfter = (later: number, earlier: number): boolean => later > earlier - CLOCKS_APART;

const recordSchema = z
  .strictObject({
    format: z.literal(FORMAT),
    group: z.string().min(1),
    number,
    command: z.string().min(1),
    options: optionsSchema,
    actor: actorSchema,
    reason: z.string().nullable(),
    targets: targetsSchema,
    changes: changesSchema,
    undoes: number.nullable(),
    key: z.string().max(255).nullable(),
    lasts: number.nullable(),
    state: z.enum(caseStates),
    createdAt: moment,
    settledAt: moment.nullable(),
    undoneBy: number.nullable(),
    endsAt: moment.nullable(),
    timerAt: moment.nullable(),
    firstReason: z.string().nullable(),
    reasonChanges: z.array(
      z.strictObject({ author: actorSchema, reason: z.string().nullable(), at: moment }),
    ),
    notes: z.array(
      z.strictObject({ author: actorSchema, text: z.string(), url: z.string().nullable(), at: moment }),
    ),
  })
  .refine(({ state, settledAt }) => (state === 'pending') === (settledAt === null), {
    path: ['settledAt'],
    message: 'a time if the case is settled, null while it is pending',
  })
  .refine(({ number, undoes }) => undoes === null || undoes < number, {
    path: ['undoes'],
    message: 'a case undoes one with a lower number',
  })
  .refine(({ number, undoneBy }) => undoneBy === null || undoneBy > number, {
    path: ['undoneBy'],
    message: 'a case is ended by one with a higher number',
  })
  .refine(({ createdAt, settledAt }) => settledAt === null || isAfter(settledAt, createdAt), {
    path: ['settledAt'],
    message: 'a case is settled after it was opened',
  })
  .refine(
    ({ createdAt, lasts, endsAt }) => endsAt === null || (lasts !== null && isAfter(endsAt, createdAt)),
    {
      path: ['endsAt'],
      message: 'a case that lasts ends after it was opened, and no other has an end',
    },
  )
  .refine(({ endsAt, timerAt }) => timerAt === null || endsAt !== null, {
    path: ['timerAt'],
    message: 'only a case with an end has a timer',
  })
  .refine(({ state, undoneBy }) => undoneBy === null || ended.includes(state), {
    path: ['undoneBy'],
    message: 'only a case that is undone or expired was ended by another',
  })
  .refine(({ state, timerAt }) => timerAt === null || standing.includes(state), {
    path: ['timerAt'],
    message: 'only a case that is applied or partly applied has a timer',
  })
  .refine(
    ({ reason, firstReason, reasonChanges }) =>
      reason === (reasonChanges.at(-1) ?? { reason: firstReason }).reason,
    {
      path: ['reason'],
      message: 'the last of the reasons is the one that stands',
    },
  ) satisfies z.ZodType<CaseRecord>;

/** Cases of format 1 had no end of their own. */
const formerSchema = z.looseObject({ format: z.literal(1) });
const withoutEnd = { format: FORMAT, lasts: null, endsAt: null, timerAt: null };
const upgraded = (value: unknown): unknown => {
  const former = formerSchema.safeParse(value);
  return former.success ? { ...former.data, ...withoutEnd } : value;
};

export type ReadRecord =
  | { readonly ok: true; readonly record: CaseRecord }
  | { readonly ok: false; readonly problem: string };

/** What of a case only the program that imports it can judge. */
export interface Plausible {
  /** Names of the commands that there are. */
  readonly commands: ReadonlySet<string>;
  /** Unix milliseconds. */
  readonly now: number;
}

/** @returns what is wrong, or `null` */
export function implausible({ command, createdAt }: CaseRecord, { commands, now }: Plausible): string | null {
  if (!commands.has(command)) return `command: there is no command ${JSON.stringify(command)}`;
  return createdAt > now + CLOCKS_APART ? 'createdAt: a time in the future' : null;
}

export function readRecord(line: string): ReadRecord {
  const parsed = parseJson(line);
  if (!parsed.ok) return { ok: false, problem: 'not JSON' };
  const read = recordSchema.safeParse(upgraded(parsed.value));
  if (read.success) return { ok: true, record: read.data };
  const problems = read.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(': '),
  );
  return { ok: false, problem: problems.join('; ') };
}

function parseJson(line: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(line) };
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false };
    throw error;
  }
}
