// Every call of the endpoint table with its handler, found by the parts of its path.
import { type EndpointName, endpointNames, endpointOf } from '../../../chat/protocol/endpoints.ts';
import { accountRoutes } from '../calls/accounts/account-calls.ts';
import { profileRoutes } from '../calls/accounts/profile-calls.ts';
import { groupRoutes } from '../calls/groups/group-calls.ts';
import { groupReadRoutes } from '../calls/groups/group-reads.ts';
import { liveRoutes } from '../calls/groups/live-calls.ts';
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
};

/** Commands under the names that they had until late 2022. */
const oldCommands: Readonly<Record<string, string>> = {
  get_group_shutted_uin: 'get_group_muted_account',
};

const pathOf = (service: string, command: string) => `${service}/${command}`;
const services = new Set(endpointNames.map((name) => endpointOf(name).service));
const byPath = new Map<string, Route>(
  endpointNames.map((name) => [pathOf(endpointOf(name).service, endpointOf(name).command), routes[name]]),
);

export const isService = (name: string): boolean => services.has(name);

/** The call behind a path, under its current or its old name. */
export const routeOf = (service: string, command: string): Route | undefined =>
  byPath.get(pathOf(service, oldCommands[command] ?? command));
