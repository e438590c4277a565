// The ladder of warnings: what follows when a warning reaches a rung. The program acts, as the settings say.

import type { ChangingCommand, WarningCommand } from '../../command/command.ts';
import { quotedAccount } from '../../command/options/members.ts';
import { demandOf, wrongType } from '../../command/requirements.ts';
import { literal, type Message, message } from '../../i18n/message.ts';

import { wordsOf } from '../../i18n/plain-words.ts';
import { rungReached, standingWarnings } from '../../moderation/cases/warnings.ts';
import { labelOf, type MemberFacts } from '../../moderation/groups/facts.ts';
import { system } from '../../moderation/people/actor.ts';
import { systemActor } from '../../moderation/people/authorised-actor.ts';
import { authorise } from '../../moderation/people/policy.ts';
import type { Rung } from '../../moderation/settings.ts';
import type { Request, TypedOptions } from '../../request/request.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located, Targets } from '../find/located.ts';
import { readOptions } from '../find/read-options.ts';
import { factsOf } from '../find/targets.ts';
import type { FollowUp } from './plan.ts';
import { warningsOf } from './warnings.ts';

/** The rungs that these warnings reach, each as a command of its own. */
export async function planLadder(
  deps: PipelineDeps,
  command: WarningCommand,
  located: Located,
  { members }: Targets,
): Promise<readonly FollowUp[]> {
  const { recorder } = deps;
  const { group, settings, options } = located;
  if (recorder === null || settings.ladder.length === 0) return [];
  const now = deps.clock.now();
  const warnings = warningsOf(deps.registry);
  const reached = await Promise.all(
    members.map(async (member) => {
      const query = { group: group.id, account: member.account, now };
      const standing = await standingWarnings(recorder.cases, warnings, query, settings);
      return { member, rung: rungReached(settings.ladder, standing, command.points(options), now) };
    }),
  );
  const byRung = Map.groupBy(reached, ({ rung }) => rung);
  return [...byRung].flatMap(([rung, list]) =>
    rung === null
      ? []
      : followUp(
          deps,
          located,
          rung,
          list.map(({ member }) => member),
        ),
  );
}

function followUp(
  deps: PipelineDeps,
  located: Located,
  rung: Rung,
  members: readonly MemberFacts[],
): readonly FollowUp[] {
  const command = deps.registry.find(rung.command);
  if (command?.kind !== 'changing') return [];
  const { group, settings } = located;
  const raw = {
    member: members.map(({ account }) => quotedAccount(account)).join(', '),
    ...(rung.duration === null ? {} : { duration: rung.duration }),
    ...command.unattended,
    reason: reasonFor(rung, located),
  };
  const options = readOptions(command, raw, deps.registry);
  if (!options.ok) return [];
  const targets = { members, messages: [], refused: [] };
  const notLent = whyNotLent(located, command, options.value, raw);
  const impossible = wrongType(command, group) ?? notLent;
  const facts = factsOf(deps, { group, options: options.value }, targets);
  const steps =
    impossible === null
      ? command.plan(options.value, facts)
      : members.map(({ account }) => ({ target: account, refused: impossible }));
  return [
    {
      kind: 'plan',
      command,
      lasts: command.lasts?.(options.value, facts) ?? null,
      followUps: [],
      located: {
        request: {
          ...withoutKey(located.request),
          actor: system,
          command: command.name,
          options: raw,
          questions: 'confirmed',
        },
        options: options.value,
        asker: systemActor(deps.chat),
        group,
        settings,
      },
      targets,
      steps,
      announcement:
        notLent ??
        message('ladder.announcement', {
          members: members.map(labelOf),
          points: rung.points,
          within: { seconds: rung.within },
          command: literal(command.name),
          duration: literal(rung.duration ?? 'none'),
        }),
    },
  ];
}

/**
 * The ladder lends nobody the power of its rungs: whoever may warn but not do what a rung does leaves it to somebody who
 * may. `null` where the asker may, and where the settings let the ladder act for everybody.
 */
function whyNotLent(
  { asker, settings }: Located,
  command: ChangingCommand,
  options: TypedOptions,
  { member, duration }: { readonly member: string; readonly duration?: string },
): Message | null {
  if (settings.ladderPower === 'lent' || authorise(asker, demandOf(command, options)) === null) return null;
  const typed = [`/${command.name}`, member, ...(duration === undefined ? [] : [duration])].join(' ');
  return message('ladder.notLent', { command: literal(command.name), typed });
}

/** The key names the case of the request itself; an answer was given to its question. */
const withoutKey = ({ key: _key, answer: _answer, ...request }: Request): Request => request;

/** The reason that the record keeps. */
const reasonFor = ({ points, within }: Rung, { settings }: Located): string =>
  wordsOf(message('ladder.reason', { points, within: { seconds: within } }), settings);
