// Every optional field of every call: absent, null, zero and empty are one and the same, save where the table says
// that a zero means something.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type EndpointName, endpointNames, endpointOf } from '../../../../src/chat/protocol/endpoints.ts';
import { withoutUnset } from '../../../../src/sandbox/chat/rules/body.ts';
import { start } from '../harness.ts';

/** A place of an optional field in a body: keys, and 0 for "in each item of a list". */
type Path = readonly (string | 0)[];

interface OptionalField {
  readonly path: Path;
  readonly zero: unknown;
}

function fieldsOf(schema: unknown, path: Path = []): OptionalField[] {
  if (schema instanceof z.ZodOptional) {
    return [{ path, zero: zeroOf(schema.unwrap()) }, ...fieldsOf(schema.unwrap(), path)];
  }
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, [...path, 0]);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([key, field]) => fieldsOf(field, [...path, key]));
}

/** The value that a typed client sends for "not set". */
function zeroOf(schema: unknown): unknown {
  if (schema instanceof z.ZodNumber) return 0;
  if (schema instanceof z.ZodArray) return [];
  return schema instanceof z.ZodObject ? {} : '';
}

/** A body in which the field at the path has a value, and nothing else. */
function bodyWith([key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  return key === 0 ? [bodyWith(rest, value)] : { [key]: bodyWith(rest, value) };
}

const optional = endpointNames.flatMap((name) =>
  fieldsOf(endpointOf(name).body).map(({ path, zero }) => [name, path, zero] as const),
);
const meansSomething = (name: EndpointName, path: Path) =>
  endpointOf(name).zeros?.includes(String(path.at(-1))) ?? false;

it('there are many', () => {
  expect(optional.length).toBeGreaterThan(140);
});

describe('a field that is', () => {
  it.each(optional)('null: %s %j', (name, path) => {
    expect(isLeft(withoutUnset(name, bodyOf(path, null)), path)).toBe(false);
  });

  it.each(optional)('zero: %s %j', (name, path, zero) => {
    expect(isLeft(withoutUnset(name, bodyOf(path, zero)), path)).toBe(meansSomething(name, path));
  });
});

// A path always begins with a key, so the body is an object.
const bodyOf = (path: Path, value: unknown) => bodyWith(path, value) as Record<string, unknown>;

function isLeft(body: unknown, [key, ...rest]: Path): boolean {
  if (key === undefined) return true;
  if (typeof body !== 'object' || body === null || !(key in body)) return false;
  // `in` has just found the key.
  return isLeft((body as Record<string | number, unknown>)[key], rest);
}

it.each(
  endpointNames.flatMap((name) => (endpointOf(name).zeros ?? []).map((field) => [name, field] as const)),
)('the zero that means something is a field of the call: %s %s', (name, field) => {
  expect(optional.some(([other, path]) => other === name && path.at(-1) === field)).toBe(true);
});

/** Bodies that succeed; each is then sent again with every other optional field as null, and as zero. */
const bodies: Partial<Record<EndpointName, object>> = {
  get_group_member_info: { GroupId: 'guild' },
  get_specified_group_member_info: { GroupId: 'guild', Member_List_Account: ['bob', 'carol'] },
  group_msg_get_simple: { GroupId: 'guild', ReqMsgNumber: 5 },
  get_group_info: { GroupIdList: ['guild'] },
  get_group_ban_member: { GroupId: 'guild', Offset: 0 },
  get_group_muted_account: { GroupId: 'guild' },
  get_appid_group_list: {},
  get_joined_group_list: { Member_Account: 'bob' },
  get_topic: { GroupId: '@TGS#_plaza', From_Account: 'bob' },
  get_permission_group: { GroupId: '@TGS#_plaza' },
  get_group_counter: { GroupId: 'guild' },
  query_online_status: { To_Account: ['bob'] },
  send_group_msg: { GroupId: 'guild', Random: 1, MsgBody: [{ MsgType: 'x', MsgContent: {} }] },
  batchsendmsg: { To_Account: ['bob'], MsgRandom: 1, MsgBody: [{ MsgType: 'x', MsgContent: {} }] },
  add_group_member: { GroupId: 'arena', MemberList: [{ Member_Account: 'ken' }] },
  import_group_member: { GroupId: 'arena', MemberList: [{ Member_Account: 'ken' }] },
  delete_group_member: { GroupId: 'guild', MemberToDel_Account: ['bob'] },
  forbid_send_msg: { GroupId: 'guild', Members_Account: ['bob'], MuteTime: 9 },
  ban_group_member: { GroupId: 'guild', Members_Account: ['bob'], Duration: 9 },
  modify_group_member_info: { GroupId: 'guild', Member_Account: 'bob' },
  modify_group_base_info: { GroupId: 'guild' },
  create_group: { Type: 'Public', Name: 'n', GroupId: 'new', MemberList: [{ Member_Account: 'bob' }] },
  import_group: { Type: 'Public', Name: 'n', GroupId: 'new' },
  account_import: { UserID: 'newcomer' },
};

it.each(Object.entries(bodies) as [EndpointName, object][])('%s answers alike', async (name, body) => {
  const [plain, ...others] = await Promise.all(
    ['absent', 'null', 'zero'].map(async (kind) => {
      const { call, service } = await start();
      const reply = await call(name, { ...extras(name, body, kind), ...body });
      return {
        reply,
        members: [...service.world.group('guild').members.values()],
        groups: [...service.world.groups.keys()],
      };
    }),
  );
  expect(plain?.reply.ErrorCode).toBe(0);
  for (const other of others) expect(other).toEqual(plain);
});

/** The call's optional fields at the top that the body leaves out. */
function extras(name: EndpointName, body: object, kind: string): object {
  if (kind === 'absent') return {};
  const fields = fieldsOf(endpointOf(name).body).filter(
    ({ path }) => path.length === 1 && !(String(path[0]) in body) && !meansSomething(name, path),
  );
  return Object.fromEntries(fields.map(({ path, zero }) => [path[0], kind === 'null' ? null : zero]));
}
