// Every call of the endpoint table with its handler, found by the parts of its path.
import { z } from 'zod';
import { type EndpointName, endpointNames, endpointOf } from '../../../chat/protocol/endpoints.ts';
import { accountRoutes } from '../calls/accounts/account-calls.ts';
import { profileRoutes } from '../calls/accounts/profile-calls.ts';
import { stateRoutes } from '../calls/accounts/state-calls.ts';
import { attributeRoutes } from '../calls/groups/attribute-calls.ts';
import { groupRoutes } from '../calls/groups/group-calls.ts';
import { groupReadRoutes } from '../calls/groups/group-reads.ts';
import { importRoutes } from '../calls/groups/import-calls.ts';
import { liveRoutes } from '../calls/groups/live-calls.ts';
import { permissionRoutes } from '../calls/groups/permission-calls.ts';
import { topicRoutes } from '../calls/groups/topic-calls.ts';
import { banRoutes } from '../calls/members/ban-calls.ts';
import { memberRoutes } from '../calls/members/member-calls.ts';
import { memberReadRoutes } from '../calls/members/member-reads.ts';
import { editRoutes } from '../calls/messages/edit-calls.ts';
import { historyRoutes } from '../calls/messages/history-calls.ts';
import { messageRoutes } from '../calls/messages/message-calls.ts';
import { oneToOneRoutes } from '../calls/messages/one-to-one-calls.ts';
import type { Route } from '../rules/call.ts';

const routes: Readonly<Record<EndpointName, Route>> = {
  ...memberRoutes,
  ...memberReadRoutes,
  ...banRoutes,
  ...groupRoutes,
  ...groupReadRoutes,
  ...messageRoutes,
  ...oneToOneRoutes,
  ...editRoutes,
  ...historyRoutes,
  ...liveRoutes,
  ...accountRoutes,
  ...profileRoutes,
  ...stateRoutes,
  ...topicRoutes,
  ...permissionRoutes,
  ...attributeRoutes,
  ...importRoutes,
};

/** The list of mutes in the words that it had until late 2022, for who asks by the name of old. */
const listOfOld: Route = {
  name: 'get_group_muted_account',
  async run(call, raw) {
    const { MutedAccountList: list, ...rest } = await routes.get_group_muted_account.run(call, raw);
    return { ...rest, ShuttedUinList: z.array(mutedAccount).parse(list) };
  },
};
const mutedAccount = z
  .object({ Member_Account: z.string(), MutedUntil: z.number() })
  .transform(({ Member_Account, MutedUntil }) => ({ Member_Account, ShuttedUntil: MutedUntil }));

const pathOf = (service: string, command: string) => `${service}/${command}`;
const services = new Set(endpointNames.map((name) => endpointOf(name).service));
const byPath = new Map<string, Route>([
  ...endpointNames.map(
    (name) => [pathOf(endpointOf(name).service, endpointOf(name).command), routes[name]] as const,
  ),
  [pathOf('group_open_http_svc', 'get_group_shutted_uin'), listOfOld],
]);

export const isService = (name: string): boolean => services.has(name);

/** The call behind a path, under its current or its old name. */
export const routeOf = (service: string, command: string): Route | undefined =>
  byPath.get(pathOf(service, command));
