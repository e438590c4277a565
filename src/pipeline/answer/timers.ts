// The timers of a group, as a command may use them: listed, and cancelled by whoever could take the effect back.

import { isRestored } from '../../command/command.ts';
import type { GroupTimers } from '../../command/context.ts';
import { message } from '../../i18n/message.ts';
import { found, refused } from '../../moderation/result.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';
import { effectNow } from '../plan/undo.ts';

/** @returns `null` where nothing is recorded */
export function timersOf(deps: PipelineDeps, located: Located): GroupTimers | null {
  const { recorder } = deps;
  if (recorder === null) return null;
  const { cases } = recorder;
  const { group } = located;
  const restored = deps.registry.commands.filter(isRestored).map(({ name }) => name);
  return {
    list: (limit) => cases.timers(group.id, restored, limit),
    async cancel(number) {
      const record = await cases.find(group.id, number);
      if (record === null) return refused(message('refused.unknownCase', { case: number }));
      const { timerAt } = record;
      const none = refused(message('refused.noTimer', { case: number }));
      const command = deps.registry.find(record.command);
      if (timerAt === null || command === null || !isRestored(command)) return none;
      const effect = await effectNow(deps, located, command, record);
      if (!effect.ok) return effect;
      const write = { record: 'timer', case: number, from: timerAt, to: null } as const;
      return found({ record, write });
    },
  };
}
