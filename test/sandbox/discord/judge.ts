// Discord's public API specification, which bodies are held against: by name, or by what answered which request.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RecordedRequest } from '../../../src/sandbox/discord/index.ts';

interface Schema {
  safeParse(value: unknown): {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  };
}

/** What the specification says of one route: the type of the body by status. */
interface Operation {
  readonly method: string;
  readonly path: RegExp;
  readonly bodies: ReadonlyMap<string, string>;
}

// The package brings no types for its schemas; a name that is not literal lets them be given here.
const specification: string = 'discord-api-spec/zod';
const schemas: Record<string, Schema> = await import(specification);

/** What the specification says against a body; nothing when it agrees. */
export function complaints(schemaName: string, body: unknown): string[] {
  const schema = schemas[schemaName];
  if (!schema) throw new Error(`The specification has no ${schemaName}`);
  const issues = schema.safeParse(withZulu(body)).error?.issues ?? [];
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/**
 * What the specification says against the answer to a request; nothing when it agrees, and where it has nothing to
 * say: of files, of faults (5xx) and of what is not modelled (501).
 */
export function answerComplaints({ method, path, status, answer }: RecordedRequest): string[] {
  if (status === undefined || status >= 500 || path.startsWith('/attachments/')) return [];
  // Not ErrorResponse: its nested codes are numbers, while Discord answers names such as BASE_TYPE_REQUIRED.
  if (status >= 400) return complaints(status === 429 ? 'RatelimitedResponseSchema' : 'ErrorSchema', answer);
  const operation = operations().find((each) => each.method === method && each.path.test(path));
  const type = operation?.bodies.get(String(status));
  if (type === undefined) return [`The specification has no ${status} for ${method} ${path}`];
  return typeComplaints(type, answer).map((complaint) => `${method} ${path}: ${complaint}`);
}

/** `Name`, one of several, or a list of them; `unknown` is no body. */
function typeComplaints(type: string, body: unknown): string[] {
  if (type === 'unknown') return body === undefined ? [] : ['There should be no body'];
  const [, item] = /^\(?([^()]*)\)?\[\]( \| null)?$/.exec(type) ?? [];
  if (item === undefined) return anyComplaints(type, body);
  return Array.isArray(body) ? body.flatMap((each) => anyComplaints(item, each)) : ['It is not a list'];
}

/** Names joined by bars: it is enough when one agrees. */
function anyComplaints(names: string, body: unknown): string[] {
  const verdicts = names.split(' | ').map((name) => complaints(`${name}Schema`, body));
  return verdicts.some((verdict) => verdict.length === 0) ? [] : (verdicts[0] ?? []);
}

let known: readonly Operation[] | undefined;

function operations(): readonly Operation[] {
  known ??= readOperations();
  return known;
}

/** The package tells what answers a request only in its types, which are written by a machine, line by line. */
function readOperations(): Operation[] {
  const file = fileURLToPath(import.meta.resolve('discord-api-spec')).replace(/js$/, 'ts');
  const found: (Operation & { bodies: Map<string, string>; parameters: number })[] = [];
  let path = '';
  // A type that does not fit a line stands on several.
  const text = readFileSync(file, 'utf8').replaceAll(
    /("\d\w\w":)([^;{]*);/g,
    (_, status, type) =>
      `${status} ${type
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/(^|\() *\| |(?= \)) /g, '$1')
        .trim()};`,
  );
  for (const line of text.split('\n')) {
    path = /^ {2}"(\/[^"]*)": \{$/.exec(line)?.[1] ?? path;
    const method = /^ {4}(get|post|put|patch|delete): \{$/.exec(line)?.[1];
    if (method) {
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      const parameters = path.split('{').length;
      found.push({ method: method.toUpperCase(), path: pattern, bodies: new Map(), parameters });
    }
    const [, status, type] = /^ {8}"(\w+)": (.*);$/.exec(line) ?? [];
    if (status && type) found.at(-1)?.bodies.set(status, type);
  }
  // `/users/@me` is meant before `/users/{user_id}`.
  return found.toSorted((one, other) => one.parameters - other.parameters);
}

/** Discord writes times with `+00:00`, which the schemas, unlike the specification, do not know. */
function withZulu(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('+00:00"', 'Z"'));
}
