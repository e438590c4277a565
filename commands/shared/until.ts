// A list of accounts with the end of their mute or ban, the soonest first.
import { type AnswerLine, endOf, message } from '../../src/command/index.ts';

/** @param until Unix seconds by account. */
export function linesOfUntil(until: ReadonlyMap<string, number>): readonly AnswerLine[] {
  return [...until]
    .sort(([, a], [, b]) => a - b)
    .map(([account, end]) => ({
      target: account,
      message: message('until.line', { account, until: endOf(end) }),
    }));
}
