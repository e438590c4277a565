// Calls about the attributes and counters of a group: small stores that clients share.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';

interface Attribute {
  readonly key: string;
  readonly value: string;
}

const MAX = { keys: 16, key: 32, value: 4000, sum: 16_000 };

/** @throws Failure 10045 to 10048 when the attributes would be too many or too large (page 34348) */
function requireAttributes(attributes: ReadonlyMap<string, string>): void {
  let sum = 0;
  for (const [key, value] of attributes) {
    if (bytesOf(key) > MAX.key) throw new Failure(10045, `a key is over ${MAX.key} bytes`);
    if (bytesOf(value) > MAX.value) throw new Failure(10046, `a value is over ${MAX.value} bytes`);
    sum += bytesOf(key) + bytesOf(value);
  }
  if (attributes.size > MAX.keys) throw new Failure(10047, `more than ${MAX.keys} attributes`);
  if (sum > MAX.sum) throw new Failure(10048, `all attributes are over ${MAX.sum} bytes`);
}

type Change = 'set' | 'modify' | 'clear' | 'delete';

/** Replaces all attributes at once, and tells. */
function replace(
  call: Call,
  group: Group,
  change: Change,
  next: ReadonlyMap<string, string>,
  told: object[],
): Answer {
  requireAttributes(next);
  group.attributes.clear();
  for (const [key, value] of next) group.attributes.set(key, value);
  const about = { GroupId: group.id, Type: group.type, Operator_Account: call.operator };
  const fields = { ...about, OptionType: change, GroupAttr: told };
  call.webhooks.after('Group.CallbackAfterGroupAttrChanged', fields, call);
  return {};
}

const mapOf = (list: readonly Attribute[]) => new Map(list.map(({ key, value }) => [key, value]));

const set = (call: Call, { GroupAttr }: Body<'set_group_attr'>, group: Group) =>
  replace(call, group, 'set', mapOf(GroupAttr), GroupAttr);

const modify = (call: Call, { GroupAttr }: Body<'modify_group_attr'>, group: Group) =>
  replace(call, group, 'modify', new Map([...group.attributes, ...mapOf(GroupAttr)]), GroupAttr);

const clear = (call: Call, _body: Body<'clear_group_attr'>, group: Group) =>
  replace(call, group, 'clear', new Map(), []);

/** @throws Failure 10050 for a key that is not there */
function remove(call: Call, { GroupAttr }: Body<'delete_group_attr'>, group: Group): Answer {
  const next = new Map(group.attributes);
  for (const { key } of GroupAttr) {
    if (!next.delete(key)) throw new Failure(10050, `there is no attribute ${key}`);
  }
  return replace(call, group, 'delete', next, GroupAttr);
}

function list(_call: Call, _body: Body<'get_group_attr'>, group: Group): Answer {
  return { GroupAttrAry: [...group.attributes].map(([key, value]) => ({ key, value })) };
}

const MAX_COUNTERS = 20;
const MAX_COUNTER_KEY = 128;

function updateCounters(_call: Call, body: Body<'update_group_counter'>, group: Group): Answer {
  const keys = new Set([...group.counters.keys(), ...body.GroupCounter.map(({ Key }) => Key)]);
  if (keys.size > MAX_COUNTERS) throw new Failure(10063, `more than ${MAX_COUNTERS} counters`);
  if ([...keys].some((key) => bytesOf(key) > MAX_COUNTER_KEY)) {
    throw new Failure(10004, `a key is over ${MAX_COUNTER_KEY} bytes`);
  }
  const mode = body.Mode ?? 'Set';
  for (const { Key, Value } of body.GroupCounter) {
    const before = group.counters.get(Key) ?? 0;
    group.counters.set(Key, mode === 'Set' ? Value : before + (mode === 'Increase' ? Value : -Value));
  }
  return countersOf(
    group,
    body.GroupCounter.map(({ Key }) => Key),
  );
}

function countersOf(group: Group, keys: readonly string[]): Answer {
  const shown = [...group.counters].filter(([key]) => keys.includes(key));
  return { GroupCounter: shown.map(([Key, Value]) => ({ Key, Value })) };
}

function deleteCounters(_call: Call, body: Body<'delete_group_counter'>, group: Group): Answer {
  for (const key of body.GroupCounterKeys) group.counters.delete(key);
  return {};
}

const listCounters = (_call: Call, body: Body<'get_group_counter'>, group: Group): Answer =>
  countersOf(group, body.GroupCounterKeys ?? [...group.counters.keys()]);

export const attributeRoutes = {
  get_group_attr: groupCall('get_group_attr', list),
  modify_group_attr: groupCall('modify_group_attr', modify),
  clear_group_attr: groupCall('clear_group_attr', clear),
  set_group_attr: groupCall('set_group_attr', set),
  delete_group_attr: groupCall('delete_group_attr', remove),
  update_group_counter: groupCall('update_group_counter', updateCounters),
  delete_group_counter: groupCall('delete_group_counter', deleteCounters),
  get_group_counter: groupCall('get_group_counter', listCounters),
};
