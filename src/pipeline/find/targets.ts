// Steps 3 and 4 of the pipeline: the facts about every target, and the rank of each.

import type { Command, Facts } from '../../command/command.ts';
import type { MemberReference, MessageSelection } from '../../command/options/option.ts';
import { message } from '../../i18n/message.ts';
import type { MemberFacts } from '../../moderation/groups/facts.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { findMembers, type Unknown, type Wanted } from '../../moderation/groups/members.ts';
import { findMessages } from '../../moderation/groups/messages.ts';
import {
  type AuthorisedActor,
  botAccountRefusal,
  isBotAccount,
  mayActOn,
} from '../../moderation/people/policy.ts';
import { found, type Result } from '../../moderation/result.ts';
import type { TargetResult } from '../../request/outcome.ts';
import type { Request } from '../../request/request.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located, Targets } from './located.ts';
import { accountOfMention } from './mention.ts';
import { reasonOf } from './read-options.ts';

/** The facts that a command is planned from. */
export const factsOf = (
  { clock }: Pick<Lookup, 'clock'>,
  { group, options }: Pick<Located, 'group' | 'options'>,
  { members, messages }: Targets,
): Facts => ({ group, members, messages, reason: reasonOf(options), now: Math.floor(clock.now() / 1_000) });

type Finding = Lookup & Pick<PipelineDeps, 'recorder'>;

/** Looks up what the command's options name. For a change, every target must pass the policy, one by one. */
export async function findTargets(
  lookup: Finding,
  command: Command,
  located: Located,
): Promise<Result<Targets>> {
  for (const [name, option] of Object.entries(command.options)) {
    const value = located.options[name];
    if (option.subject === undefined || value === undefined) continue;
    return option.subject.kind === 'members'
      ? memberTargets(lookup, command, located, option.subject.of(value))
      : messageTargets(lookup, command, located, option.subject.of(value));
  }
  return found({ members: [], messages: [], refused: [] });
}

async function memberTargets(
  lookup: Finding,
  command: Command,
  { request, options, asker, group }: Located,
  references: readonly MemberReference[],
): Promise<Result<Targets>> {
  const resolved = await resolveMentions(lookup, request, references);
  if (!resolved.ok) return resolved;
  const { wanted: named, unmapped } = resolved.value;
  const isBot = (one: Wanted) => command.kind === 'changing' && isBotAccount(asker, one.text);
  const wanted = named.filter((one) => !isBot(one));
  const query = {
    group,
    wanted,
    reach: command.reach ?? 'member',
    fields: command.fields?.(options) ?? [],
    signal: request.signal,
  };
  const result = wanted.length === 0 ? found({ members: [], unknown: [] }) : await findMembers(lookup, query);
  if (!result.ok) return result;
  const judged = result.value.members.map((member) => ({ member, why: judge(asker, member, command) }));
  return found({
    members: judged.filter(({ why }) => why === null).map(({ member }) => member),
    messages: [],
    refused: [
      ...judged.flatMap(({ member, why }) => (why === null ? [] : [refusedTarget(member.account, why)])),
      ...named.filter(isBot).map((one) => refusedTarget(one.text, botAccountRefusal(one.text))),
      ...[...unmapped, ...result.value.unknown].map((one) => refusedTarget(one.target, one.problem)),
    ],
  });
}

async function messageTargets(
  lookup: Lookup,
  command: Command,
  { request, asker, group }: Located,
  selection: MessageSelection,
): Promise<Result<Targets>> {
  const result = await findMessages(lookup, group, selection, request.signal);
  if (!result.ok) return result;
  const judged = result.value.messages.map((one) => ({ one, why: judge(asker, one.sender, command) }));
  return found({
    members: [],
    messages: judged.filter(({ why }) => why === null).map(({ one }) => one),
    refused: [
      ...judged.flatMap(({ one, why }) =>
        why === null
          ? []
          : [refusedTarget(String(one.seq), message('refused.message', { seq: one.seq, why }))],
      ),
      ...result.value.unknown.map((one) => refusedTarget(one.target, one.problem)),
    ],
  });
}

function judge(asker: AuthorisedActor, target: MemberFacts | null, command: Command) {
  return command.kind === 'changing' && command.capability !== null
    ? mayActOn(asker, target, command.capability)
    : null;
}

const refusedTarget = (target: string, why: TargetResult['message']): TargetResult => ({
  target,
  outcome: 'refused',
  message: why,
});

/** KeyedMutex Discord mentions into Chat accounts; one that has none is a target of its own, refused. */
async function resolveMentions(
  deps: Pick<PipelineDeps, 'recorder'>,
  request: Request,
  references: readonly MemberReference[],
): Promise<Result<{ wanted: readonly Wanted[]; unmapped: readonly Unknown[] }>> {
  const wanted = new Map<string, Wanted>();
  const unmapped: Unknown[] = [];
  for (const reference of references) {
    if (reference.kind === 'name') {
      if (!wanted.has(reference.text)) wanted.set(reference.text, { text: reference.text, exact: false });
      continue;
    }
    const account = await accountOfMention(deps, request, reference.userId);
    if (account.ok) {
      wanted.set(account.value, { text: account.value, exact: true });
    } else if (account.stop.kind === 'refused') {
      unmapped.push({ target: `<@${reference.userId}>`, problem: account.stop.message });
    } else {
      return account;
    }
  }
  return found({ wanted: [...wanted.values()], unmapped });
}
