// A lock on a file that dies with its process, however it dies.
import { DatabaseSync } from 'node:sqlite';
import { isBusy, patiently } from './busy.ts';

export interface FileLock {
  /** May be called again. */
  release(): void;
}

/** Where the lock of a file lies. It stays after the first run, and so tells that a record was kept. */
export const lockPathOf = (path: string): string => `${path}.lock`;

/** Time in which a short command, or a process that is just ending, lets go; in milliseconds. */
const PATIENCE = 250;

/**
 * Takes the lock of `path`, or returns `null` where somebody has it, in this process or another.
 *
 * The lock is an open SQLite transaction on `path.lock`, thus a lock of the operating system on a file without
 * content: the system lets go of it when the process ends, also after kill -9. The file stays behind on
 * purpose: deleting it would let a third process lock a new file of the same name.
 * The caller must keep the returned value reachable: a connection that is garbage collected is closed.
 */
export async function lockFile(path: string, patience = PATIENCE): Promise<FileLock | null> {
  const connection = new DatabaseSync(lockPathOf(path), { timeout: 0 });
  try {
    await patiently(async () => connection.exec('begin exclusive'), patience);
  } catch (error) {
    connection.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return {
    release() {
      if (connection.isOpen) connection.close();
    },
  };
}
