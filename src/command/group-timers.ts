// The timers of a group, as a command may use them: listed, and cancelled by whoever could take the effect back.
import { message } from '../i18n/message.ts';
import type { ModerationCase } from '../moderation/case.ts';
import { authorise } from '../moderation/policy.ts';
import { found, type Result, refused } from '../moderation/result.ts';
import { demandOf, type Located } from './locate.ts';
import type { PipelineParts } from './parts.ts';
import { whyNotAbove } from './undo.ts';
import { membersNow, readAgain } from './undo-facts.ts';

export interface GroupTimers {
  /** The cases whose effect the program will take back, the earliest first. @param limit at most so many */
  list(limit: number): Promise<readonly ModerationCase[]>;
  /** Lets the effect stay for good; refused to whoever may not make such an effect. @returns the case */
  cancel(number: number): Promise<Result<ModerationCase>>;
}

/** @returns `null` where nothing is recorded */
export function timersOf(parts: PipelineParts, located: Located): GroupTimers | null {
  const { recorder } = parts;
  if (recorder === null) return null;
  const { cases } = recorder;
  const { group } = located;
  return {
    list: (limit) => cases.timers(group.id, restoring(parts), limit),
    async cancel(number) {
      const record = await cases.find(group.id, number);
      if (record === null) return refused(message('refused.unknownCase', { case: number }));
      const { timerAt } = record;
      const none = refused(message('refused.noTimer', { case: number }));
      if (timerAt === null || !restoring(parts).includes(record.command)) return none;
      const allowed = await mayCancel(parts, located, record);
      if (!allowed.ok) return allowed;
      return (await cases.setTimer(group.id, number, timerAt, null)) ? found(record) : none;
    },
  };
}

/** The commands whose effect the program takes back; Chat itself ends the others. */
const restoring = ({ registry }: PipelineParts): readonly string[] =>
  registry.commands
    .filter((command) => command.kind === 'changing' && command.restores === true)
    .map(({ name }) => name);

/** To make an effect last takes what making it takes: the capability, and the rank above everybody concerned. */
async function mayCancel(
  parts: PipelineParts,
  { asker, group, request }: Located,
  record: ModerationCase,
): Promise<Result<null>> {
  const command = parts.registry.find(record.command);
  if (command?.kind !== 'changing') return refused(message('refused.noTimer', { case: record.number }));
  const options = readAgain(command, record);
  const denied = authorise(asker, demandOf(command, options));
  if (denied !== null) return refused(denied);
  const targets = record.targets.filter(({ outcome }) => outcome === 'done' || outcome === 'uncertain');
  const query = { group, command, options, targets, signal: request.signal };
  const members = await membersNow(parts, query);
  if (!members.ok) return members;
  const above = whyNotAbove({ asker }, command, [...members.value.values()]);
  return above === null ? found(null) : refused(above);
}
