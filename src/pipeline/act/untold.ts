// Who was not told what was done to them: the reply says so where it is known in time, and the case says so in any event.
import { isWarning } from '../../command/command.ts';
import { type Message, message } from '../../i18n/message.ts';
import { wordsOf } from '../../i18n/plain-words.ts';
import { actorOfRecord, system } from '../../moderation/people/actor.ts';
import { pause } from '../../util/pause.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Plan } from '../plan/plan.ts';

/** How long a reply waits for the members to be told, in milliseconds. */
const TOLD_WITHIN = 2_000;

/** @param telling the accounts that were not reached @param number of the case, where one was written */
export async function untoldNotes(
  { recorder }: Pick<PipelineDeps, 'recorder'>,
  { command, located }: Plan,
  telling: Promise<readonly string[]>,
  number: number | undefined,
): Promise<readonly Message[]> {
  const noted = telling.then(async (accounts) => {
    if (accounts.length === 0) return [];
    const note = message(isWarning(command) ? 'warn.undelivered' : 'tell.failed', { members: accounts });
    if (number !== undefined) await addNote(note);
    return [note];
  });

  async function addNote(note: Message): Promise<void> {
    const { group, settings } = located;
    const kept = { author: actorOfRecord(system), text: wordsOf(note, settings), url: null };
    await recorder?.cases.addNote(group.id, number ?? 0, kept).catch((error: unknown) => {
      recorder.logger.error({ group: group.id, case: number, err: error }, 'a note could not be written');
    });
  }

  const waited = new AbortController();
  try {
    return await Promise.race([noted, pause(TOLD_WITHIN, waited.signal).then(() => [])]);
  } finally {
    waited.abort();
  }
}
