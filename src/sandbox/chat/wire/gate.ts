// What a request must show before its body is looked at: method, path, app, signature, admin.
import { verifyUserSig } from '../../../chat/protocol/usersig.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Route } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import { notModelled } from '../rules/unmodelled.ts';
import { isService, routeOf } from './routes.ts';

/** The Chat application that the service stands for. */
export interface ChatApp {
  readonly sdkAppId: number;
  readonly secretKey: string;
  /** Accounts that may call the REST API. */
  readonly admins: readonly string[];
}

/** A request's path and query, taken apart. */
export interface Target {
  readonly service: string;
  readonly command: string;
  readonly query: URLSearchParams;
}

/** Takes a URL apart; empty path segments do not count. */
export function targetOf(url: string): Target | undefined {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const [version, service, command, ...rest] = path.split('/').filter((part) => part !== '');
  if (version !== 'v4' || service === undefined || command === undefined || rest.length > 0) return undefined;
  return { service, command, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)) };
}

/**
 * Chat takes POST; a GET is served alike when it carries a body.
 *
 * @throws Failure 60002
 */
export function requireMethod(method: string | undefined, hasBody: boolean): void {
  if (method !== 'POST' && !(method === 'GET' && hasBody)) throw new Failure(60002);
}

/**
 * Who calls, proven.
 *
 * @returns the app admin's account
 * @throws Failure 60012, 60025, 70020, 70003, 70014, 70013, 70009, 70001, 60010
 */
export function authenticate(app: ChatApp, query: URLSearchParams, clock: Clock): string {
  const sdkAppId = query.get('sdkappid') ?? '';
  const identifier = query.get('identifier') ?? '';
  if (sdkAppId === '') throw new Failure(60012);
  if (!/^\d+$/.test(sdkAppId) || (query.get('contenttype') ?? 'json') !== 'json') throw new Failure(60025);
  if (Number(sdkAppId) !== app.sdkAppId) throw new Failure(70020);
  if (identifier === '') throw new Failure(60025);
  const verdict = verifyUserSig(query.get('usersig') ?? '', {
    ...app,
    identifier,
    now: Math.floor(clock.now() / 1000),
  });
  if (verdict !== 'ok') throw new Failure(verdict);
  if (!app.admins.includes(identifier)) throw new Failure(60010);
  return identifier;
}

/** @throws Failure 60009 for a service that Chat has not, as its access layer answers */
export function requireService(target: Target | undefined): asserts target is Target {
  if (target === undefined) throw new Failure(60009);
  if (!isService(target.service)) throw new Failure(60009, notModelled(target.service, target.command));
}

/** @throws Failure 10003 for a command that a service has not, as the service itself answers */
export function requireRoute({ service, command }: Target): Route {
  const route = routeOf(service, command);
  if (route === undefined) throw new Failure(10003, notModelled(service, command));
  return route;
}
