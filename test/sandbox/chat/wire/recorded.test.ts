// Requests that two foreign SDKs sent (a typed one for Go, by its own tests; one for Python), put to the stand-in as they
// were recorded.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type EndpointName, endpointNames } from '../../../../src/chat/protocol/endpoints.ts';
import { readWorldFile, restoreWorld } from '../../../../src/sandbox/chat/state/index.ts';
import { start } from '../harness.ts';

interface Recorded {
  readonly endpoint: EndpointName;
  readonly body: Record<string, unknown>;
}

const users = Array.from({ length: 9 }, (_, index) => `test${index + 1}`);
/** What the SDKs' tests expect to be there. */
const world = readWorldFile({
  version: 1,
  accounts: ['assistant', ...users].map((id) => ({ id })),
  groups: ['test_group1', 'test_group2'].map((id) => ({
    ...{ id, type: 'Public', name: 'G', owner: 'test9', created: 'now-30d' },
    members: [{ account: 'test1' }, { account: 'test3' }],
    messages: [{ from: 'test1', text: 'a', time: 'now-5d' }],
  })),
});

/** What is refused, and rightly so: it names what is not there, or a value that there is not. */
const refused: Partial<Record<EndpointName, number>> = {
  // An hour of 2021.
  get_history: 1004,
  admin_msgwithdraw: 20022,
  // The priority "first".
  send_group_msg: 10004,
};

const recorded = (name: string): Recorded[] =>
  JSON.parse(readFileSync(new URL(`recorded/${name}.json`, import.meta.url), 'utf8'));

const rows = ['go-sdk', 'python-sdk'].flatMap((name) =>
  recorded(name).map(({ endpoint, body }) => [name, endpoint, body] as const),
);

it.each(rows)('%s: %s', async (name, endpoint, body) => {
  expect(endpointNames).toContain(endpoint);
  const { call, service } = await start();
  restoreWorld(service.world, world, ['administrator']);
  if (endpoint === 'create_group') service.world.groups.delete(String(body.GroupId));
  const { ErrorCode, ErrorInfo } = await call(endpoint, body);
  const code = name === 'go-sdk' ? (refused[endpoint] ?? 0) : 0;
  expect({ ErrorCode, ErrorInfo }).toEqual({ ErrorCode: code, ErrorInfo });
});
