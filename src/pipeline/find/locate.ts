// Step 2 of the pipeline: which group, who asks, and whether they may.

import type { Command } from '../../command/command.ts';
import { demandOf, wrongType } from '../../command/requirements.ts';
import { message } from '../../i18n/message.ts';
import { isLabelled, readLabel } from '../../moderation/label.ts';
import { authoriseActor, grantedActor } from '../../moderation/people/authorised-actor.ts';
import { identify } from '../../moderation/people/identity.ts';
import { authorise } from '../../moderation/people/policy.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Request, TypedOptions } from '../../request/request.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located, Placed } from './located.ts';

type LocateDeps = Pick<PipelineDeps, 'chat' | 'clock' | 'groups' | 'settings' | 'recorder'>;

/** Finds out who asks and which group is meant; Chat is asked about a label only. */
export async function place(deps: LocateDeps, request: Request, options: TypedOptions): Promise<Placed> {
  const [actor, groupId] = await Promise.all([
    identify(deps.recorder?.links ?? null, request.actor),
    groupOf(deps, request, options),
  ]);
  const settings = deps.settings().group(groupId ?? '');
  return { request: { ...request, actor }, options, groupId, settings };
}

/** Looks the group and the asker up, and checks that the asker may use the command there. */
export async function locate(
  deps: LocateDeps,
  command: Command,
  { request, options, groupId, settings }: Placed,
): Promise<Result<Located>> {
  const { actor, signal } = request;
  const demand = demandOf(command, options);
  // Rights that the surface granted are checked before Chat is asked anything.
  const granted = grantedActor(deps, actor, settings, groupId);
  const early = granted === null ? null : authorise(granted, demand);
  if (early !== null) return refused(early);
  if (groupId === undefined) return refused(message('refused.noGroup'));
  const group = await deps.groups.find(groupId, { fresh: command.freshGroup ?? false, signal });
  if (!group.ok) return group;
  const asker = await authoriseActor(deps, actor, group.value, settings, signal);
  if (!asker.ok) return asker;
  const denied = authorise(asker.value, demand) ?? wrongType(command, group.value);
  if (denied !== null) return refused(denied);
  return found({ request, options, asker: asker.value, group: group.value, settings });
}

/** The group that a request is about: the one it names, the one its place is bound to, the usual one. */
export async function groupOf(
  { recorder, groups }: Pick<PipelineDeps, 'recorder' | 'groups'>,
  { places = [], defaultGroup }: Pick<Request, 'places' | 'defaultGroup'>,
  { group: named }: TypedOptions,
): Promise<string | undefined> {
  if (typeof named === 'string' && named !== '') return (await labelledGroup(groups, named)) ?? named;
  const bound = recorder === null || places.length === 0 ? null : await recorder.places.groupOf(places);
  return bound ?? defaultGroup;
}

/** The group whose label completion showed; Chat is only asked for what looks like one. */
async function labelledGroup(groups: PipelineDeps['groups'], text: string): Promise<string | undefined> {
  for (const label of readLabel(text)) {
    const group = await groups.find(label.id, { fresh: false, signal: undefined });
    if (group.ok && isLabelled(label, group.value)) return group.value.id;
  }
  return undefined;
}
