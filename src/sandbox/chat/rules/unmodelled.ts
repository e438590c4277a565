// What Chat has and this stand-in does not: it says so, and never answers success in silence.
import type { EndpointName } from '../../../chat/protocol/endpoints.ts';
import type { Json } from './body.ts';
import { Failure } from './failure.ts';

/** Fields of calls that would change whom or what the call reaches. */
const fields: Partial<Record<EndpointName, readonly string[]>> = {
  // A message for some members only would be seen by all of them here.
  send_group_msg: ['To_Account'],
};

/** @throws Failure 10004 for a field that is not modelled */
export function requireModelled(name: EndpointName, raw: Json): void {
  for (const field of fields[name] ?? []) {
    const value = raw[field];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new Failure(10004, `the sandbox does not model ${field} of ${name}`);
  }
}

/** The words for a path that leads to no call here. */
export const notModelled = (service: string, command: string): string =>
  `the sandbox does not model v4/${service}/${command}; docs/sandbox.md lists what it models`;
