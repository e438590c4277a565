// The fields that webhooks are made of (page 34355): tolerant of what pages and years disagree about.
import { z } from 'zod';
import { type GroupType, groupTypes, messageElement } from '../schemas.ts';

/** A field that may be absent or `null`. */
export const loose = <Inner extends z.ZodType>(inner: Inner) =>
  inner.nullish().transform((value) => value ?? undefined);

const digits = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number);

/** A whole number; older samples write some of them as text. */
export const whole = z.union([z.int(), digits]);

const account = z.string().min(1);

/** Accounts as `[{"Member_Account": "jared"}]`. */
export const memberList = z
  .array(z.looseObject({ Member_Account: account }))
  .nullish()
  .transform((list) => (list ?? []).map((one) => one.Member_Account));

const renamed: Readonly<Record<string, GroupType>> = { Work: 'Private', Meeting: 'ChatRoom' };

/** A group's type under either of its names; `undefined` for one that is not known. */
const type = loose(z.string()).transform((name): GroupType | undefined =>
  name === undefined ? undefined : groupTypes.find((known) => known === (renamed[name] ?? name)),
);

/** Every webhook repeats its command and tells its time, in Unix milliseconds. */
const base = { EventTime: loose(whole) };

/** A webhook about a group. */
export const about = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject({ ...base, GroupId: z.string().min(1), Type: type, ...shape });

/** A webhook about something else. */
export const plain = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.looseObject({ ...base, ...shape });

export const accountField = account;
export const text = loose(z.string());
export const messageBody = z.array(messageElement);
export const groupTypeField = type;

/** Whom a message mentions, in the order of its text (page 34959). `GroupAtAllFlag` 1 is everybody. */
export const mentions = loose(
  z.array(z.looseObject({ GroupAtAllFlag: loose(whole), GroupAt_Account: text })),
);
