// The errors that Discord's REST API answers, and the ones that refuse what a person types.

/** One line of a 50035 answer: where in the body, and what is wrong there. */
export interface FormProblem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

/** Discord's nested `errors` object. */
export interface FormErrors {
  [key: string]: FormErrors | { code: string; message: string }[];
}

/** An answer other than success; the server turns it into `{code, message, errors?}`. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  /** The JSON body. */
  body(): { message: string; code: number; errors?: FormErrors } {
    const body = { message: this.message, code: this.code };
    return this.errors ? { ...body, errors: this.errors } : body;
  }
}

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
const KNOWN = {
  0: [404, '404: Not Found'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10011: [404, 'Unknown Role'],
  10013: [404, 'Unknown User'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10066: [404, 'Unknown application command permissions'],
  20012: [403, 'You are not authorized to perform this action on this application'],
  30032: [400, 'Maximum number of application commands reached (100)'],
  40032: [400, 'Target user is not connected to voice.'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50003: [403, 'Cannot execute action on a DM channel'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50016: [
    400,
    'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
  ],
  50027: [401, 'Invalid Webhook Token'],
  50033: [400, 'Invalid Recipient(s)'],
  50034: [400, 'A message provided was too old to bulk delete'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'Cannot reply without permission to read message history'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** Codes that {@link discordError} knows the status and the words of. */
export type KnownCode = keyof typeof KNOWN;

/** The error that Discord answers under one of its codes. */
export function discordError(code: KnownCode): DiscordError {
  const [status, message] = KNOWN[code];
  return new DiscordError(status, code, message);
}

/** `401: Unauthorized`, for a missing or wrong bot token. */
export function unauthorized(): DiscordError {
  return new DiscordError(401, 0, '401: Unauthorized');
}

/** 501, which Discord never answers: the request is one of its own, and the stand-in does not know what it does. */
export function notModelled(what: string): DiscordError {
  return new DiscordError(
    501,
    0,
    `The sandbox does not model ${what}. docs/sandbox-discord.md lists what it does.`,
  );
}

/** 50035 "Invalid Form Body" with the problems nested by their path. */
export function invalidForm(problems: readonly FormProblem[]): DiscordError {
  const errors: FormErrors = {};
  for (const { path, code, message } of problems) {
    const place = descend(errors, path);
    const listed = place._errors;
    if (Array.isArray(listed)) listed.push({ code, message });
    else place._errors = [{ code, message }];
  }
  return new DiscordError(400, 50035, 'Invalid Form Body', errors);
}

function descend(errors: FormErrors, path: readonly (string | number)[]): FormErrors {
  let place = errors;
  for (const key of path) {
    const inner = place[key];
    if (inner && !Array.isArray(inner)) {
      place = inner;
      continue;
    }
    const made: FormErrors = {};
    place[key] = made;
    place = made;
  }
  return place;
}

/** Why Discord's own client would not let a person send this. */
export type RefusalReason =
  | 'unknown-member'
  | 'unknown-channel'
  | 'unknown-command'
  | 'unknown-option'
  | 'missing-option'
  | 'bad-value'
  | 'unknown-component'
  | 'hidden'
  | 'offline'
  | 'late';

/** Thrown by `type`, `click` and their like when nothing was, or could be, sent. */
export class TypingRefused extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'TypingRefused';
    this.reason = reason;
  }
}
