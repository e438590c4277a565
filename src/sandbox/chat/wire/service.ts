// One request from its arrival to its answer: the order of checks, faults, and the log.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpointOf } from '../../../chat/protocol/endpoints.ts';
import type { Clock } from '../../../util/clock.ts';
import { modernise, parseBody } from '../rules/body.ts';
import type { Call, Route } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import { type Sealed, seal, sealFailure } from './envelope.ts';
import type { Fault, Faults } from './faults.ts';
import { authenticate, type ChatApp, requireMethod, requireRoute, requireService, targetOf } from './gate.ts';
import { readText, respond } from './http.ts';
import type { RequestLog } from './request-log.ts';
import { routeOf } from './routes.ts';

/** Where the service writes what it did not expect; pino's loggers fit. */
export interface SandboxLogger {
  error(fields: object, message: string): void;
}

export interface ServiceParts {
  readonly app: ChatApp;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly logger?: SandboxLogger | undefined;
  /** What handlers are given, for this operator. */
  callBy(operator: string): Call;
}

/** Serves one request. Never rejects. */
export async function serve(
  parts: ServiceParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await answerRequest(parts, request, response);
  } catch (error) {
    // The client left while its body was read.
    if (request.destroyed && !request.complete) return;
    parts.logger?.error({ err: error }, 'the Chat sandbox failed');
    response.destroy();
  }
}

async function answerRequest(
  parts: ServiceParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const text = await readText(request);
  const target = targetOf(request.url ?? '');
  const route = target && routeOf(target.service, target.command);
  const fault = parts.faults.take(route?.name);
  const work = () => answerCall(parts, request.method, request.url ?? '', text);

  const sealed = fault === undefined ? await work() : await strike(fault, work, response);
  parts.log.add({
    at: parts.clock.now(),
    endpoint: route?.name ?? target?.command ?? '',
    identifier: target?.query.get('identifier') ?? '',
    body: readable(text),
    ...(sealed !== undefined && { code: sealed.code }),
    ...(fault !== undefined && { fault: fault.kind }),
  });
  if (sealed !== undefined) respond(response, sealed.text);
}

function readable(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the log shows it as it came.
    return text;
  }
}

/** Does what the fault says. @returns the answer to send, if the fault leaves one */
async function strike(
  fault: Fault,
  work: () => Promise<Sealed>,
  response: ServerResponse,
): Promise<Sealed | undefined> {
  if (fault.kind === 'code') {
    const failure = new Failure(fault.code, fault.info);
    return sealFailure('', failure);
  }
  if (fault.kind === 'ignored') {
    return { code: 0, text: JSON.stringify({ ActionStatus: 'OK', ErrorInfo: '', ErrorCode: 0 }) };
  }
  const isLate = fault.kind !== 'down' && fault.when === 'after';
  const done = isLate ? await work() : undefined;
  if (fault.kind === 'slow' || fault.kind === 'held') {
    await (fault.kind === 'slow' ? sleep(fault.ms) : fault.hold());
    return done ?? work();
  }
  if (fault.kind === 'http')
    respond(response, `<h1>${fault.status}</h1>`, { status: fault.status, type: 'text/html' });
  else if (fault.kind === 'garbage') respond(response, '<html>not JSON</html>', { type: 'text/html' });
  else response.destroy();
  return undefined;
}

/** Checks and runs one call: method, path, credentials, command, pace, body, and then the call's own rules. */
async function answerCall(
  parts: ServiceParts,
  method: string | undefined,
  url: string,
  text: string | undefined,
): Promise<Sealed> {
  const target = targetOf(url);
  try {
    requireMethod(method, text !== '');
    requireService(target);
    const operator = authenticate(parts.app, target.query, parts.clock);
    const route = requireRoute(target);
    const call = parts.callBy(operator);
    requirePace(call, route);
    if (text === undefined) throw new Failure(60002, 'the body is too large');
    const body = modernise(parseBody(target.service, text));
    return seal(route.name, target.service, await route.run(call, body));
  } catch (error) {
    return sealFailure(target?.service ?? '', failureOf(parts, error));
  }
}

/** Refuses what is over the call's cap, and says so to the app's backend. */
function requirePace(call: Call, { name }: Route): void {
  const { callsPerSecond: limit, service } = endpointOf(name);
  if (call.rates?.allows(name, limit) !== false) return;
  const fields = { ServiceName: service, Command: name, Request: limit + 1, Limit: limit };
  call.webhooks.after('Alert.RequestOverLimit', fields, call);
  throw new Failure(60007);
}

function failureOf({ logger }: ServiceParts, error: unknown): Failure {
  if (error instanceof Failure) return error;
  logger?.error({ err: error }, 'a call of the Chat sandbox failed');
  return new Failure(10002);
}
