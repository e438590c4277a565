// Steps 3 and 4 of the pipeline: the facts about every target, and the rank of each.

import type { Command, Facts } from '../../command/command.ts';
import type { MemberReference, MembersNamed, MessageSelection } from '../../command/options/option.ts';
import { message } from '../../i18n/message.ts';
import type { MemberFacts, MessageFacts } from '../../moderation/groups/facts.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { findMembers, type Unknown } from '../../moderation/groups/members.ts';
import { findMessages, findWritten } from '../../moderation/groups/messages.ts';
import { accountsOf, isLabelOf, shownAs, type Wanted } from '../../moderation/groups/names.ts';
import {
  type AuthorisedActor,
  botAccountRefusal,
  isBotAccount,
  mayActOn,
} from '../../moderation/people/policy.ts';
import { found, type Result } from '../../moderation/result.ts';
import { refusalOf } from '../../request/doubt.ts';
import type { TargetResult } from '../../request/outcome.ts';
import type { Request } from '../../request/request.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located, Targets } from './located.ts';
import { accountOfMention } from './mention.ts';
import { reasonOf } from './read-options.ts';
import { chooseReading, doubtAbout, type Match } from './readings.ts';

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
      ? memberTargets(lookup, command, located, { option: name, named: option.subject.of(value) })
      : messageTargets(lookup, command, located, option.subject.of(value));
  }
  return found({ members: [], messages: [], refused: [] });
}

async function memberTargets(
  lookup: Finding,
  command: Command,
  located: Located,
  { option, named }: { readonly option: string; readonly named: MembersNamed },
): Promise<Result<Targets>> {
  const matchOf = await matchAll(lookup, command, located, named);
  if (!matchOf.ok) return matchOf;
  const read = chooseReading(named, matchOf.value);
  if (read.kind === 'unknown') return found(nobodyBut(read.refused));
  if (read.kind === 'doubt') {
    const { options } = located.request;
    const doubt = doubtAbout(command.name, options, option, read.readings);
    const target = options[option] ?? '';
    return found({ ...nobodyBut([{ target, problem: refusalOf(doubt) }]), doubt });
  }
  const judged = read.members.map((member) => ({ member, why: judge(located.asker, member, command) }));
  const denied = judged.flatMap(({ member, why }) =>
    why === null ? [] : [{ target: member.account, problem: why }],
  );
  const members = judged.filter(({ why }) => why === null).map(({ member }) => member);
  const written = await writtenBy(lookup, command, located, members);
  if (!written.ok) return written;
  return found({ ...nobodyBut([...denied, ...read.refused]), members, messages: written.value });
}

/** What members wrote, for a command that takes it away. */
async function writtenBy(
  lookup: Lookup,
  command: Command,
  { group, request }: Located,
  members: readonly MemberFacts[],
): Promise<Result<readonly MessageFacts[]>> {
  if (command.kind !== 'changing' || command.takes !== 'written' || members.length === 0) return found([]);
  return findWritten(lookup, group, members, request.signal);
}

/** Looks up everybody whom a field may name, in all of its readings. */
async function matchAll(
  lookup: Finding,
  command: Command,
  { request, options, asker, group }: Located,
  named: MembersNamed,
): Promise<Result<(reference: MemberReference) => Match>> {
  const resolved = await resolveMentions(lookup, request, named.flat());
  if (!resolved.ok) return resolved;
  const isBot = (one: Wanted) =>
    command.kind === 'changing' && accountsOf(one).some((account) => isBotAccount(asker, account));
  const wanted = [...resolved.value.values()].filter((one) => 'exact' in one).filter((one) => !isBot(one));
  const query = {
    group,
    wanted,
    reach: command.reach ?? 'member',
    fields: command.fields?.(options) ?? [],
    signal: request.signal,
  };
  const result = await findMembers(lookup, query);
  if (!result.ok) return result;
  return found((reference) => {
    const one = resolved.value.get(keyOf(reference));
    if (one === undefined) throw new Error('a reference of another field');
    // A mention is nothing but a mention: whoever stands behind it, the others are who they are.
    if (!('exact' in one)) return { kind: 'refused', target: one.target, why: one.problem };
    if (isBot(one)) {
      const target = shownAs(one);
      return { kind: 'refused', target, why: botAccountRefusal(target) };
    }
    const match = result.value.matches.get(one);
    if (match !== undefined && 'account' in match)
      return { kind: 'member', member: match, label: isLabelOf(one, match) };
    const target = shownAs(one);
    return {
      kind: 'unknown',
      unknown: { target, problem: match ?? message('refused.unknownMember', { input: target }) },
    };
  });
}

const nobodyBut = (refused: readonly Unknown[]): Targets => ({
  members: [],
  messages: [],
  refused: refused.map(({ target, problem }) => refusedTarget(target, problem)),
});

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

const keyOf = (reference: MemberReference): string => JSON.stringify(reference);

/** Turns references into names to look up, and Discord mentions into Chat accounts, where they have one. */
async function resolveMentions(
  deps: Pick<PipelineDeps, 'recorder'>,
  request: Request,
  references: readonly MemberReference[],
): Promise<Result<ReadonlyMap<string, Wanted | Unknown>>> {
  const resolved = new Map<string, Wanted | Unknown>();
  for (const reference of references) {
    const key = keyOf(reference);
    if (resolved.has(key)) continue;
    if (reference.kind === 'name') {
      resolved.set(key, { text: reference.text, exact: false, quoted: reference.quoted });
      continue;
    }
    const account = await accountOfMention(deps, request, reference.userId);
    if (account.ok) resolved.set(key, { text: account.value, exact: true });
    else if (account.stop.kind === 'refused')
      resolved.set(key, { target: `<@${reference.userId}>`, problem: account.stop.message });
    else return account;
  }
  return found(resolved);
}
