// What is asked before anything is changed, and the proof that an answer must bring back.
import { createHash } from 'node:crypto';
import { type Choice, optionsOf } from '../../command/command.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { activeTargets, shownIn, targetsOf } from '../../moderation/cases/change.ts';
import type { Question } from '../../request/question.ts';
import type { RawOptions } from '../../request/request.ts';
import type { Located } from '../find/located.ts';
import type { Plan } from './plan.ts';

/** A change of more members or messages than this is asked about, whatever the command. */
const UNASKED = 5;
/** Targets that a question names. */
const NAMED = 20;
/** The only answer to a question for consent. */
export const CONFIRM = 'confirm';

const hashOf = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** What a plan would do, whatever else has changed: a consent holds for this and nothing else. */
export const proofOfPlan = ({ command, located, steps, followUps, undoes }: Plan): string =>
  hashOf([
    command.name,
    located.group.id,
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

/** What a choice is about: an answer holds while these facts are the same. */
export const proofOfChoice = (command: string, { group }: Located, { option, about }: Choice): string =>
  hashOf([command, group.id, option, about]);

/**
 * The options that are asked about: messages by their numbers, for those that are the last few now are others when the
 * answer comes.
 */
export function optionsAsked({ command, located, targets }: Plan): RawOptions {
  const { options } = located.request;
  const names = Object.entries(command.options)
    .filter(([, { subject }]) => subject?.kind === 'messages')
    .map(([name]) => [name, targets.messages.map(({ seq }) => seq).join(' ')] as const);
  return { ...options, ...Object.fromEntries(names) };
}

/** The question that a plan asks before it is carried out; `null` where it needs none. */
export function confirmation(plan: Plan): Question | null {
  const { command, located, targets, steps, followUps, undoes } = plan;
  const active = activeTargets(steps);
  if (active.length === 0) return null;
  const asks = command.kind === 'changing' && command.confirms === true;
  const isAboutMany = active.length > UNASKED;
  if (!asks && !isAboutMany && followUps.length === 0) return null;
  const { group } = located;
  const labels = new Map(targets.members.map(({ account, nameCard }) => [account, nameCard]));
  const shown = new Map(steps.flatMap((step) => [...shownIn(step)]));
  const named = active.slice(0, NAMED);
  const lines = named.flatMap((target) => {
    const one = shown.get(target);
    return one === undefined ? [lineFor(target, labels.get(target) ?? '')] : [one.message, ...one.lines];
  });
  const more = active.length - named.length;
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
    choices: [CONFIRM],
  };
}

const undoneBy = ({ number, command }: NonNullable<Plan['undoes']>): Message =>
  message('consent.undoes', { case: number, command: literal(command) });

/** What the request says besides whom and where, as it was typed. */
function givenWith({ command, located }: Plan): readonly Message[] {
  const { options } = located.request;
  const repeated = new Map(optionsOf(command).filter(([, option]) => option.unrepeated !== true));
  return Object.entries(options)
    .filter(([name]) => repeated.has(name))
    .map(([name, value]) => message('consent.option', { option: literal(name), value }));
}

const lineFor = (target: string, nameCard: string): Message =>
  nameCard === '' || nameCard === target
    ? message('consent.target', { target })
    : message('consent.member', { target, name: nameCard });
