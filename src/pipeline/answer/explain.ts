// `/why`: one decision of the policy, step by step, and what would change it.

import { type Command, changesChat } from '../../command/command.ts';
import type { Explanation, WhyQuestion } from '../../command/context.ts';
import type { MemberReference } from '../../command/options/option.ts';
import { demandOf, wrongType } from '../../command/requirements.ts';
import { unknownCommand } from '../../command/unknown-command.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { overQuota } from '../../moderation/cases/quota.ts';
import { labelOf, type MemberFacts } from '../../moderation/groups/facts.ts';
import { findMembers } from '../../moderation/groups/members.ts';
import type { Wanted } from '../../moderation/groups/names.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { authoriseActor } from '../../moderation/people/authorised-actor.ts';
import { identify } from '../../moderation/people/identity.ts';
import { type AuthorisedActor, authorise, mayActOn } from '../../moderation/people/policy.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { accountOfMention, actorOfMention } from '../find/mention.ts';

/** Explains whether somebody may do something in the group of the request. */
export async function explain(
  deps: PipelineDeps,
  located: Located,
  { moderator, command: name, target }: WhyQuestion,
): Promise<Result<Explanation>> {
  const command = deps.registry.find(name.replace(/^\//, ''));
  if (command === null) return refused(unknownCommand(name, deps.registry.commands));
  const asker = await findModerator(deps, located, moderator);
  if (!asker.ok) return asker;
  const decisions = await decisionsOn(deps, located, { asker: asker.value, command, target });
  const refusal = decisions.find(({ refused }) => refused !== null);
  return found({
    allowed: refusal === undefined,
    command: command.name,
    moderator: asker.value.actor.name,
    steps: decisions.flatMap(({ said, refused }) => (refused === null ? [said] : [said, refused])),
  });
}

/** One step: what was looked at, and the refusal that came of it. */
interface Decision {
  readonly said: Message;
  readonly refused: Message | null;
}

async function decisionsOn(
  deps: PipelineDeps,
  { group, settings, options }: Located,
  { asker, command, target }: { asker: AuthorisedActor; command: Command; target: MemberFacts | undefined },
): Promise<readonly Decision[]> {
  const { capability } = command;
  const decisions: Decision[] = [
    { said: whoIs(asker), refused: null },
    {
      said: message('why.capability', {
        command: literal(command.name),
        capability: literal(capability ?? 'none'),
        has: literal(hasIt(asker, command) ? 'yes' : 'no'),
        source: literal(sourceOf(asker, command)),
      }),
      refused: authorise(asker, { ...demandOf(command, options), besides: null }),
    },
    {
      said: message('why.type', { type: literal(group.type) }),
      refused: wrongType(command, group),
    },
  ];
  if (target !== undefined && capability !== null && changesChat(command)) {
    decisions.push({
      said: message('why.target', { member: labelOf(target), role: literal(target.role ?? 'NotMember') }),
      refused: mayActOn(asker, target, capability),
    });
  }
  if (changesChat(command)) decisions.push(...(await limits(deps, asker, command, settings)));
  return decisions;
}

async function limits(
  { recorder, clock }: PipelineDeps,
  asker: AuthorisedActor,
  command: Command,
  settings: Located['settings'],
): Promise<readonly Decision[]> {
  const reason: Decision[] = settings.reasons.has(command.name)
    ? [{ said: message('why.reason', { command: literal(command.name) }), refused: null }]
    : [];
  if (recorder === null || settings.quota === null) return reason;
  const { members, seconds } = settings.quota;
  const unlimited = asker.rights.capabilities.has('bulk');
  const said = message('why.quota', {
    max: members,
    within: { seconds },
    limited: literal(unlimited ? 'no' : 'yes'),
  });
  // Whomever a command about members names, it is one at least.
  const more = Object.values(command.options).some(({ subject }) => subject?.kind === 'members') ? 1 : 0;
  const refusal = await overQuota({ cases: recorder.cases, clock }, asker, settings, more);
  return [...reason, { said, refused: refusal }];
}

const whoIs = ({ actor, rights }: AuthorisedActor): Message =>
  message('why.who', {
    name: actor.name,
    surface: literal(actor.authority.kind === 'groupRole' ? 'groupRole' : actor.surface),
    account: actor.account ?? literal('none'),
    linked: literal(actor.linkedRank === undefined ? 'no' : 'yes'),
    rank: rights.rank,
  });

const hasIt = ({ rights }: AuthorisedActor, { capability }: Command): boolean =>
  capability === null || rights.capabilities.has(capability);

/** What decided about the capability: the surface by name, the settings, or the permissions and roles as such. */
function sourceOf({ rights }: AuthorisedActor, { name, capability }: Command): string {
  if (capability !== null && rights.denied?.has(capability) === true) return 'settings';
  return rights.commands?.get(name) ?? 'rights';
}

async function findModerator(
  deps: PipelineDeps,
  located: Located,
  reference: MemberReference,
): Promise<Result<AuthorisedActor>> {
  const actor = await actorOf(deps, located, reference);
  if (!actor.ok) return actor;
  const { group, settings, request } = located;
  const known = await identify(deps.recorder?.links ?? null, actor.value);
  return authoriseActor(deps, known, group, settings, request.signal);
}

/** A Discord user with their permissions there; else a member of the group, who acts with their role. */
async function actorOf(
  deps: PipelineDeps,
  located: Located,
  reference: MemberReference,
): Promise<Result<Actor>> {
  const { request } = located;
  if (reference.kind === 'name') return actingMember(deps, located, { ...reference, exact: false });
  const actor = await actorOfMention(deps, request, reference.userId);
  if (!actor.ok) return actor;
  if (actor.value !== null) return found(actor.value);
  const account = await accountOfMention(deps, request, reference.userId);
  if (!account.ok) return account;
  return actingMember(deps, located, { text: account.value, exact: true });
}

/** A member of the group, who acts with their role. */
async function actingMember(
  deps: PipelineDeps,
  { group, request }: Located,
  wanted: Wanted,
): Promise<Result<Actor>> {
  const members = await findMembers(deps, {
    group,
    wanted: [wanted],
    reach: 'member',
    fields: [],
    signal: request.signal,
  });
  if (!members.ok) return members;
  const [member] = members.value.members;
  if (member === undefined) {
    return refused(
      members.value.unknown[0]?.problem ?? message('refused.notMember', { account: wanted.text }),
    );
  }
  const { account: id } = member;
  return found({ surface: 'chat', id, name: id, account: id, authority: { kind: 'groupRole' } });
}
