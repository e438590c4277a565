// The request builder that every call to Chat goes through. Pure: no clock, no chance, no network.
import type { SentRequest } from '../chat.ts';
import { type BodyOf, type EndpointName, endpointOf } from '../protocol/endpoints.ts';

/** Hosts by data centre (docs/…/34620). A host of another centre than the app's answers 60026. */
export const hosts = {
  china: 'console.tim.qq.com',
  singapore: 'adminapisgp.im.qcloud.com',
  seoul: 'adminapikr.im.qcloud.com',
  tokyo: 'adminapijpn.im.qcloud.com',
  frankfurt: 'adminapiger.im.qcloud.com',
  siliconvalley: 'adminapiusa.im.qcloud.com',
  jakarta: 'adminapiidn.im.qcloud.com',
  riyadh: 'adminapiksa.im.qcloud.com',
  mumbai: 'adminapiind.im.qcloud.com',
} as const;

export type Region = keyof typeof hosts;

/** The address of a data centre. */
export const baseUrlOf = (region: Region): string => `https://${hosts[region]}`;

/** Who calls, and where. */
export interface Caller {
  readonly sdkAppId: number;
  /** App admin account that the UserSig was made for. */
  readonly identifier: string;
  readonly userSig: string;
  readonly base: Base;
}

/** Where Chat is, taken apart once for all calls. */
export interface Base {
  /** Scheme and host. */
  readonly origin: string;
  /** What stands before Chat's own paths, without a slash at the end. */
  readonly prefix: string;
}

/**
 * @param baseUrl scheme and host; may end in a path prefix, with or without a slash; a query in it is ignored
 * @throws TypeError when it is no URL
 */
export function readBase(baseUrl: string): Base {
  const { origin, pathname } = new URL(baseUrl);
  return { origin, prefix: pathname.replace(/\/+$/, '') };
}

export interface BuiltRequest {
  readonly method: 'POST';
  readonly url: string;
  /** Path and query of `url`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const headers = { 'content-type': 'application/json' } as const;

/**
 * Builds the request of one call (docs/…/34620).
 *
 * @param random - unsigned 32-bit integer that tags the request
 * @throws TypeError when the body is nothing that JSON can hold
 */
export function buildRequest<Name extends EndpointName>(
  name: Name,
  body: BodyOf<Name>,
  caller: Caller,
  random: number,
): BuiltRequest {
  const { origin, prefix } = caller.base;
  const { service, command } = endpointOf(name);
  const path = `${prefix}/v4/${service}/${command}?${queryOf(caller, random)}`;
  return { method: 'POST', url: origin + path, path, headers, body: JSON.stringify(body) };
}

function queryOf({ sdkAppId, identifier, userSig }: Caller, random: number): string {
  const account = encodeURIComponent(identifier);
  const signature = encodeURIComponent(userSig);
  return `sdkappid=${sdkAppId}&identifier=${account}&usersig=${signature}&random=${random}&contenttype=json`;
}

/** What may be shown of a request: everything but the signature. Made when somebody looks: most are never shown. */
export const redact = ({ method, url, body }: BuiltRequest): SentRequest => ({
  method,
  get url() {
    return url.replace(/([?&]usersig=)[^&]*/, '$1<hidden>');
  },
  get body() {
    return JSON.parse(body);
  },
});
