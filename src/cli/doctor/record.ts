// The doctor's look at the record of cases: is it there, can it be written, is it whole.
import type { Logger } from '../../app/logger.ts';
import { type Message, message } from '../../i18n/message.ts';
import { StoreError, type StoreProblem } from '../../store/error.ts';
import { type Check, failed, note, ok } from './check.ts';

/** Reads and changes nothing. @param url with a file's path from the root */
export async function checkRecord(url: string, logger: Logger): Promise<readonly Check[]> {
  const { examineStore } = await import('../../store/examine.ts');
  try {
    const { state, shown, cases } = await examineStore(url, logger);
    if (state === 'new') return [note(message('doctor.recordNew', { database: shown }))];
    const id = state === 'old' ? 'doctor.recordOld' : 'doctor.record';
    return [ok(message(id, { database: shown, count: cases }))];
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return [
      failed(
        message('terminal.recordFailed', { detail: error.message }),
        remedies[error.problem] ?? undefined,
      ),
    ];
  }
}

/** In the reader's language; `null` where the sentence itself says all. */
const remedies: Readonly<Record<StoreProblem, Message | null>> = {
  address: message('doctor.mend.recordAddress'),
  unreachable: message('doctor.mend.recordUnreachable'),
  denied: message('doctor.mend.recordDenied'),
  folder: message('doctor.mend.recordFolder'),
  readOnly: message('doctor.mend.recordReadOnly'),
  full: message('doctor.mend.recordFull'),
  damaged: message('doctor.mend.recordDamaged'),
  emptied: message('doctor.mend.recordEmptied'),
  other: null,
};
