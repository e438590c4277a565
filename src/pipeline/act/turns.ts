// Turns: of all who act on one target at the same time, in this process or another, one at a time reads the facts,
// decides and sends. Whoever was overtaken waits for the other, and begins anew with what is true by then.
import { message } from '../../i18n/message.ts';
import type { GroupView } from '../../moderation/cases/case.ts';
import { type Result, refused } from '../../moderation/result.ts';
import type { Outcome } from '../../request/outcome.ts';
import { pause } from '../../util/pause.ts';
import type { PipelineDeps, Recorder } from '../deps.ts';
import type { Placed } from '../find/located.ts';
import { type Attempt, isOvertaken } from './record.ts';

/** How long somebody else's commands about the same targets are waited for, in milliseconds. */
const LONGEST_WAIT = 15_000;
/** The pauses between two looks at the other's case, in milliseconds: they double. */
const [SHORTEST_PAUSE, LONGEST_PAUSE] = [5, 200];

/** @param attempt reads all facts anew; the view is from before that, `undefined` where nothing is recorded */
export async function inTheirTurn(
  { recorder }: Pick<PipelineDeps, 'recorder'>,
  { groupId, request: { signal } }: Placed,
  attempt: (view: GroupView | undefined) => Promise<Attempt<Outcome>>,
): Promise<Result<Outcome>> {
  const until = performance.now() + LONGEST_WAIT;
  for (;;) {
    const view = recorder === null || groupId === undefined ? undefined : await recorder.cases.view(groupId);
    const outcome = await attempt(view);
    if (!isOvertaken(outcome)) return outcome;
    const { overtakenBy: number } = outcome;
    const isOver = recorder === null || groupId === undefined || performance.now() >= until;
    if (isOver || signal?.aborted === true) return refused(message('refused.underWay', { case: number }));
    await settled(recorder, groupId, number, until);
  }
}

/** Resolves when a case is under way no more, or the time is over. */
export async function settled(
  { cases }: Pick<Recorder, 'cases'>,
  group: string,
  number: number,
  until: number,
): Promise<void> {
  for (let wait = SHORTEST_PAUSE; performance.now() < until; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
    const record = await cases.find(group, number);
    if (record?.state !== 'pending') return;
    await pause(wait);
  }
}
