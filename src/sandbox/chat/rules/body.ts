// Reads a call's body: old names, unset values, and the endpoint table's schema with the right code when it fails.
import { z } from 'zod';
import { type EndpointName, endpointOf, endpoints } from '../../../chat/protocol/endpoints.ts';
import { Failure } from './failure.ts';

export type Json = Readonly<Record<string, unknown>>;
export type Body<Name extends EndpointName> = z.output<(typeof endpoints)[Name]['body']>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that Chat used until late 2022; only the current ones are ever emitted. */
const renamed: Readonly<Record<string, string>> = {
  ShutUpTime: 'MuteTime',
  ShutUpUntil: 'MuteUntil',
  ShutUpAllMember: 'MuteAllMember',
  MsgOnlineOnlyFlag: 'OnlineOnlyFlag',
  // Of account_import alone; no other call has a field of this name.
  Identifier: 'UserID',
};
const current = (name: string) => renamed[name] ?? name;

/** Brings a body up to date: old field names under their current ones, in filters too. */
export function modernise(body: Json): Json {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [current(key), moderniseValue(key, value)]),
  );
}

const isFilter = (key: string) => /Filter(_Group(Member)?)?$/.test(key);

function moderniseValue(key: string, value: unknown): unknown {
  if (key === 'ResponseFilter' && isRecord(value)) return modernise(value);
  if (!isFilter(key) || !Array.isArray(value)) return value;
  return value.map((name) => (typeof name === 'string' ? current(name) : name));
}

/**
 * Leaves out what only says "not set": `null` anywhere, and the zero value of an optional field (0, an empty text,
 * list or object), as typed clients send it. Where the table says that a zero means something, it stays.
 */
export function withoutUnset(name: EndpointName, raw: Json): Json {
  const { body, zeros = [] } = endpointOf(name);
  const pruned = prune(body, raw, zeros);
  return isRecord(pruned) ? pruned : raw;
}

function prune(schema: unknown, value: unknown, zeros: readonly string[]): unknown {
  if (schema instanceof z.ZodOptional) return prune(schema.unwrap(), value, zeros);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => prune(schema.element, item, zeros));
  }
  if (!(schema instanceof z.ZodObject) || !isRecord(value)) return value;
  const fields: Readonly<Record<string, unknown>> = schema.shape;
  const entries = Object.entries(value).map(
    ([key, field]) => [key, prune(fields[key], field, zeros)] as const,
  );
  return Object.fromEntries(
    entries.filter(
      ([key, field]) => fields[key] === undefined || !isUnset(fields[key], field, zeros.includes(key)),
    ),
  );
}

function isUnset(schema: unknown, value: unknown, meansSomething: boolean): boolean {
  if (value === null) return true;
  return schema instanceof z.ZodOptional && !meansSomething && isZeroOf(schema.unwrap(), value);
}

/** Whether a value is the zero of the type that is wanted: an empty text is no number. */
function isZeroOf(schema: unknown, value: unknown): boolean {
  if (schema instanceof z.ZodNumber) return value === 0;
  if (schema instanceof z.ZodArray) return Array.isArray(value) && value.length === 0;
  if (schema instanceof z.ZodObject) return isRecord(value) && Object.keys(value).length === 0;
  return value === '';
}

/** The codes of a service for a body that is no JSON, for a wrong parameter and for a batch too large. */
interface ServiceCodes {
  readonly json: number;
  readonly parameter: number;
  readonly batch: number;
  /** For a list that must not be empty, where it is not `parameter`. */
  readonly empty?: number;
  /** For single fields, where it is not `parameter`. */
  readonly fields?: Readonly<Record<string, number>>;
}
const groupCodes: ServiceCodes = { json: 10011, parameter: 10004, batch: 10005 };
const codes: Readonly<Record<string, ServiceCodes>> = {
  im_open_login_svc: { json: 60003, parameter: 70402, batch: 70402 },
  openconfigsvr: {
    json: 130_001,
    parameter: 130_008,
    batch: 130_008,
    fields: { Get_Account: 130_003, Set_Account: 130_005 },
  },
  open_msg_svc: { json: 60003, parameter: 1002, batch: 1002 },
  profile: { json: 40001, parameter: 40001, batch: 40001 },
  openim: {
    json: 90001,
    parameter: 90001,
    batch: 90011,
    empty: 90029,
    fields: {
      To_Account: 90028,
      From_Account: 90008,
      MsgRandom: 90005,
      MsgBody: 90007,
      MsgLifeTime: 90044,
      SyncOtherMachine: 90031,
    },
  },
};
/** Where one call of a service names another code for a field than its neighbours. */
const fieldCodes: Partial<Record<EndpointName, Readonly<Record<string, number>>>> = {
  sendmsg: { To_Account: 90003 },
  admin_msgwithdraw: { To_Account: 90003, MsgKey: 90054 },
};
export const codesOf = (service: string): ServiceCodes => codes[service] ?? groupCodes;

/** Reads the text of a body. Chat wants a JSON object, never an empty body (page 34620). */
export function parseBody(service: string, text: string): Json {
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) return body;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Failure(codesOf(service).json);
}

/** Checks a body against the endpoint's schema; unknown fields are dropped. @throws Failure 60015 or the service's */
export function readBody<Name extends EndpointName>(name: Name, raw: Json): Body<Name> {
  const read = z.safeParse(endpoints[name].body, raw);
  // The schema is the one of `name`, which the compiler cannot follow through the index.
  if (read.success) return read.data as Body<Name>;
  throw failureOf(name, raw, read.error.issues);
}

function failureOf(name: EndpointName, raw: Json, issues: readonly z.core.$ZodIssue[]): Failure {
  if (issues.some((issue) => isForeignAccount(raw, issue))) return new Failure(60015);
  const [issue] = issues;
  const where = issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`;
  const { parameter, fields } = codesOf(endpointOf(name).service);
  const field = String(issue?.path[0]);
  return new Failure(fieldCodes[name]?.[field] ?? fields?.[field] ?? parameter, where);
}

/** Whether an account is given as something else than text. */
function isForeignAccount(raw: Json, issue: z.core.$ZodIssue): boolean {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return false;
  if (!issue.path.some((key) => /_Account$|^Accounts$|^UserID$/.test(String(key)))) return false;
  return valueAt(raw, issue.path) !== undefined;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)];
    return isRecord(value) ? value[String(key)] : undefined;
  }, raw);
}
