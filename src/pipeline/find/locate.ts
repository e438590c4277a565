// Step 2 of the pipeline: which group, who asks, and whether they may.

import { type Command, groupTypesOf } from '../../command/command.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { type GroupFacts, groupLabel } from '../../moderation/groups/facts.ts';
import { findAsker, grantedAsker } from '../../moderation/people/authorised-actor.ts';
import { identify } from '../../moderation/people/identity.ts';
import { type Asker, authorise, type Demand } from '../../moderation/people/policy.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { GroupSettings } from '../../moderation/settings.ts';
import type { Request } from '../../request/request.ts';
import type { PipelineParts } from '../deps.ts';
import type { TypedOptions } from './read-options.ts';

/** A request whose options are read and whose asker and group are known. */
export interface Located {
  readonly request: Request;
  readonly options: TypedOptions;
  readonly asker: Asker;
  readonly group: GroupFacts;
  /** The settings that hold in the group. */
  readonly settings: GroupSettings;
}

type Parts = Pick<PipelineParts, 'chat' | 'clock' | 'groups' | 'settings' | 'recorder'>;

/** What a request with these options takes. */
export const demandOf = (command: Command, options: TypedOptions): Demand => ({
  name: command.name,
  capability: command.capability,
  besides: command.needs?.(options) ?? null,
});

/** A request from a person that is known, about a group that is named but not looked up yet. */
export interface Placed {
  readonly request: Request;
  readonly options: TypedOptions;
  /** `undefined`: none is named, bound to the place, or usual. */
  readonly groupId: string | undefined;
  readonly settings: GroupSettings;
}

/** Finds out who asks and which group is meant, without asking Chat. */
export async function place(parts: Parts, request: Request, options: TypedOptions): Promise<Placed> {
  const [actor, groupId] = await Promise.all([
    identify(parts.recorder?.links ?? null, request.actor),
    groupOf(parts, request, options),
  ]);
  const settings = parts.settings().group(groupId ?? '');
  return { request: { ...request, actor }, options, groupId, settings };
}

/** Looks the group and the asker up, and checks that the asker may use the command there. */
export async function locate(
  parts: Parts,
  command: Command,
  { request, options, groupId, settings }: Placed,
): Promise<Result<Located>> {
  const { actor, signal } = request;
  const demand = demandOf(command, options);
  // Rights that the surface granted are checked before Chat is asked anything.
  const granted = grantedAsker(parts, actor, settings);
  const early = granted === null ? null : authorise(granted, demand);
  if (early !== null) return refused(early);
  if (groupId === undefined) return refused(message('refused.noGroup'));
  const group = await parts.groups.find(groupId, { fresh: command.freshGroup ?? false, signal });
  if (!group.ok) return group;
  const asker = await findAsker(parts, actor, group.value, settings, signal);
  if (!asker.ok) return asker;
  const denied = authorise(asker.value, demand) ?? wrongType(command, group.value);
  if (denied !== null) return refused(denied);
  return found({ request, options, asker: asker.value, group: group.value, settings });
}

/** The group that a request is about: the one it names, the one its place is bound to, the usual one. */
export async function groupOf(
  { recorder }: Pick<PipelineParts, 'recorder'>,
  { places = [], defaultGroup }: Pick<Request, 'places' | 'defaultGroup'>,
  { group: named }: TypedOptions,
): Promise<string | undefined> {
  if (typeof named === 'string' && named !== '') return named;
  const bound = recorder === null || places.length === 0 ? null : await recorder.places.groupOf(places);
  return bound ?? defaultGroup;
}

/** The refusal of a command in a type of group that cannot have it; `null` elsewhere. */
export function wrongType(command: Command, group: GroupFacts): Message | null {
  if (groupTypesOf(command).includes(group.type)) return null;
  return message('refused.groupType', {
    command: literal(command.name),
    type: literal(group.type),
    group: groupLabel(group),
  });
}
