// What a handler of one call is given, and the checks that every call passes before its handler runs.
import { allowsGroupType, type EndpointName, endpointOf } from '../../../chat/protocol/endpoints.ts';
import type { Source, Webhooks } from '../acts/webhooks.ts';
import type { Group } from '../world/group.ts';
import type { ChatType } from '../world/message-files.ts';
import type { Topic } from '../world/topic.ts';
import type { World } from '../world/world.ts';
import { type Body, codesOf, type Json, readBody, withoutUnset } from './body.ts';
import { Failure } from './failure.ts';
import type { RateLimiter } from './rate.ts';
import { requireModelled } from './unmodelled.ts';

/** Who acts, on what, and what must be told. */
export interface Call extends Source {
  readonly world: World;
  readonly webhooks: Webhooks;
  /** Account that makes the call: the app admin of a REST call, or the user of a client. */
  readonly operator: string;
  readonly sdkAppId: number;
  readonly admins: readonly string[];
  /** Where an hour's messages can be fetched; `expires` is in Unix seconds. */
  downloadLink(type: ChatType, hour: string, expires: number): string;
  /** Absent when rate limits are switched off. */
  readonly rates?: RateLimiter | undefined;
}

/** The fields of an answer beside the envelope. */
export type Answer = Json;

export interface Route {
  readonly name: EndpointName;
  run(call: Call, raw: Json): Answer | Promise<Answer>;
}

type Handled = Answer | Promise<Answer>;

/** A route whose call names no existing group. */
export function plainCall<const Name extends EndpointName>(
  name: Name,
  handle: (call: Call, body: Body<Name>) => Handled,
): Route {
  return {
    name,
    run(call, given) {
      const raw = withoutUnset(name, given);
      requireModelled(name, raw);
      const body = readBody(name, raw);
      requireBatch(name, raw);
      return handle(call, body);
    },
  };
}

/** A route whose call acts on the group in `GroupId`, or on its topic in `TopicId`. */
export function groupCall<const Name extends EndpointName>(
  name: Name,
  handle: (call: Call, body: Body<Name>, group: Group, topic: Topic | undefined) => Handled,
): Route {
  return {
    name,
    run(call, given) {
      const raw = withoutUnset(name, given);
      requireModelled(name, raw);
      const body = readBody(name, raw);
      const group = findGroup(call.world, String(raw.GroupId));
      requireGroupType(name, group, raw);
      const topic = topicOf(name, group, raw);
      requireBatch(name, raw);
      return handle(call, body, group, topic);
    },
  };
}

/** Whether a text can be a group's ID at all: 1 to 48 bytes of printable ASCII (page 33529). */
export const isGroupId = (id: string) => /^[\x20-\x7e]{1,48}$/.test(id);

/** @throws Failure 10015 for what can be no ID, 10010 for a group that is not there */
export function findGroup(world: World, groupId: string): Group {
  if (!isGroupId(groupId)) throw new Failure(10015);
  const group = world.groups.get(groupId);
  if (group === undefined) throw new Failure(10010);
  return group;
}

/** Calls whose `TopicId` names a topic that is not there yet. */
const makesTopic: readonly EndpointName[] = ['create_topic'];

/** @throws Failure 110013 for a topic that is not there */
function topicOf(name: EndpointName, group: Group, { TopicId: id }: Json): Topic | undefined {
  if (id === undefined || id === '' || makesTopic.includes(name)) return undefined;
  const topic = group.topics.get(String(id));
  if (topic === undefined) throw new Failure(110013);
  return topic;
}

/** Calls whose page names another code than 10007 for a group type that is not allowed. */
const refusals: Partial<Record<EndpointName, number>> = { delete_group_member: 10004 };
/** Calls that answer success in a group type where they do nothing. */
const silent: readonly EndpointName[] = ['delete_group_msg_by_sender'];

function requireGroupType(name: EndpointName, group: Group, raw: Json): void {
  if (!allowsGroupType(name, group.type) && !silent.includes(name)) {
    throw new Failure(refusals[name] ?? 10007, `${name} is not supported in a group of type ${group.type}`);
  }
  for (const field of Object.keys(endpointOf(name).fieldGroupTypes ?? {})) {
    if (isUnset(raw[field]) || allowsGroupType(name, group.type, field)) continue;
    throw new Failure(10007, `${field} is not supported in a group of type ${group.type}`);
  }
}

/** An empty list names nobody, which is as good as none (page 34958). */
const isUnset = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

/** Calls whose list may be empty. */
const mayBeEmpty: readonly EndpointName[] = ['create_group', 'send_group_system_notification'];

function requireBatch(name: EndpointName, raw: Json): void {
  const { batch, service } = endpointOf(name);
  const list = batch === undefined ? undefined : raw[batch.field];
  if (batch === undefined || !Array.isArray(list)) return;
  const { batch: tooMany, parameter, empty = parameter } = codesOf(service);
  if (list.length > batch.max) throw new Failure(tooMany, `${batch.field} takes at most ${batch.max} items`);
  if (list.length === 0 && !mayBeEmpty.includes(name)) throw new Failure(empty, `${batch.field} is empty`);
}

/** @throws Failure 10019 unless each account is imported */
export function requireAccounts({ world }: Call, accounts: readonly string[]): void {
  for (const account of accounts) {
    if (!world.accounts.has(account)) throw new Failure(10019, `account ${account} does not exist`);
  }
}
