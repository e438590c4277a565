// Asks the asker before anything is changed: a confirmation, or a choice that only they can make.

import { optionsOf } from '../../command/command.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { activeTargets, targetsOf } from '../../moderation/cases/change.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { Question } from '../../request/question.ts';
import type { Request } from '../../request/request.ts';
import type { Plan } from './planning.ts';

/** A change of more members than this is asked about, whatever the command. */
const UNASKED_MEMBERS = 5;
/** Targets that a question names. */
const NAMED = 20;

/** What a plan would do, whatever else has changed: a consent holds for this and nothing else. */
export function fingerprint({ command, steps, followUps, undoes }: Plan): string {
  return JSON.stringify([
    command.name,
    // Without a number it is the latest that can be undone, and that may have become another.
    undoes?.number ?? null,
    activeTargets(steps),
    // The settings, and points that were given meanwhile, decide on these options.
    followUps.map(({ command, located, steps }) => [
      command.name,
      located.request.options,
      steps.flatMap(targetsOf),
    ]),
  ]);
}

/** The question that a plan asks before it is carried out; `null` where it needs none. */
export function confirmation(plan: Plan): Question | null {
  const { command, located, targets, steps, followUps, undoes } = plan;
  const active = activeTargets(steps);
  if (active.length === 0) return null;
  const asks = command.kind === 'changing' && command.confirms === true;
  const isAboutMany = targets.messages.length === 0 && active.length > UNASKED_MEMBERS;
  if (!asks && !isAboutMany && followUps.length === 0) return null;
  const { group } = located;
  const labels = new Map(targets.members.map(({ account, nameCard }) => [account, nameCard]));
  const lines = active.slice(0, NAMED).map((target) => lineFor(target, labels.get(target) ?? ''));
  const more = active.length - lines.length;
  return {
    message: message('consent.head', {
      command: literal(command.name),
      count: active.length,
      group: group.name === '' ? group.id : group.name,
    }),
    lines: [
      ...lines,
      ...(more > 0 ? [message('consent.more', { count: more })] : []),
      ...followUps.map(({ announcement }) => announcement),
      ...(undoes === undefined ? [] : [undoneBy(undoes)]),
      ...givenWith(plan),
    ],
    choices: ['confirm'],
  };
}

const undoneBy = ({ number, command }: NonNullable<Plan['undoes']>): Message =>
  message('consent.undoes', { case: number, command: literal(command) });

/** What the request says besides whom and where, as it was typed. */
function givenWith({ command, located }: Plan): readonly Message[] {
  const { options } = located.request;
  const kinds = new Map(optionsOf(command));
  return Object.entries(options)
    .filter(([name]) => !['members', 'group', 'flag'].includes(kinds.get(name)?.kind ?? 'flag'))
    .map(([name, value]) => message('consent.option', { option: literal(name), value }));
}

const lineFor = (target: string, nameCard: string): Message =>
  nameCard === '' || nameCard === target
    ? message('consent.target', { target })
    : message('consent.member', { target, name: nameCard });

export interface Consent {
  readonly choice: string;
  /** Whoever answered, with their rights of now. */
  readonly actor: Actor;
}

/** A request whose asker can be asked. */
export type Askable = Request & Required<Pick<Request, 'ask'>>;

export const isAskable = (request: Request): request is Askable => request.ask !== undefined;

/** Asks. The refusal says that nothing was done. */
export async function ask(request: Askable, question: Question): Promise<Result<Consent>> {
  const answered = await request.ask(question);
  if (answered.kind === 'cancelled') return refused(message('refused.cancelled'));
  if (answered.kind === 'late') return refused(message('refused.unanswered'));
  return found({ choice: answered.choice, actor: answered.actor ?? request.actor });
}
