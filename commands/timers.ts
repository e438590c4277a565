// /timers: what the program will take back by itself, and when.
import {
  caseNumber,
  choice,
  found,
  groupLabel,
  literal,
  message,
  momentOf,
  optional,
  recording,
  refused,
} from '../src/command/index.ts';

/** Timers that one answer lists. */
const LISTED = 50;

export const timers = recording({
  name: 'timers',
  capability: 'cases',
  options: { timer: optional(choice(['list', 'cancel'], false)), case: caseNumber() },
  calls: [],
  reads: ({ timer = 'list' }) => timer === 'list',
  async answer({ timer = 'list', case: number }, { group }, { timers }) {
    if (timers === null) return refused(message('refused.recordOff'));
    if (timer === 'cancel') {
      if (number === undefined) return refused(message('refused.timerNeeds'));
      const cancelled = await timers.cancel(number);
      if (!cancelled.ok) return cancelled;
      const { record, write } = cancelled.value;
      const done = message('timers.cancelled', { case: number, command: literal(record.command) });
      return found({ writes: [{ target: `#${number}`, write, done }] });
    }
    const list = await timers.list(LISTED);
    return found({
      message: message('timers.head', { group: groupLabel(group), count: list.length }),
      lines: list.map(({ number, command, targets, endsAt, actor }) => ({
        target: String(number),
        message: message('timers.line', {
          case: number,
          command: literal(command),
          targets: targets.map(({ target }) => target),
          at: momentOf(endsAt ?? 0),
          actor: actor.name,
        }),
      })),
    });
  },
});
