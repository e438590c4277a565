// The processes at work on a SQLite file: its owner, and beside it programs that carry out one command.
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import type { Workers } from '../workers.ts';
import { type FileLock, lockFile } from './lock.ts';

export interface FileWorkers extends Workers {
  /** Lets go of the name. May be called again. */
  release(): void;
}

const OWNER = 'owner';

/** In memory there is nobody else. */
export const aloneAtWork: FileWorkers = {
  name: async () => OWNER,
  isGone: async () => false,
  release: () => undefined,
};

/**
 * The owner's lock is that of the file itself, which it has. The others take the first free lock of `PATH.run-1`,
 * `PATH.run-2` and so on; these files stay, too, and are as many as there ever were programs at a time.
 * @param owns whether this process is the owner
 */
export function fileWorkers(db: Kysely<Tables>, file: string, owns: boolean): FileWorkers {
  let held: { readonly name: string; readonly lock: FileLock } | undefined;
  let taken: Promise<string> | undefined;

  async function take(): Promise<string> {
    const name = owns ? OWNER : (held?.name ?? (await takeFree()));
    // A name is used again and again: nobody is at work on what an earlier bearer left.
    await db
      .updateTable('moderation_case')
      .set({ worker: null })
      .where(sql<boolean>`state = 'pending'`)
      .where('worker', '=', name)
      .execute();
    return name;
  }

  async function takeFree(): Promise<string> {
    for (let count = 1; ; count += 1) {
      const name = `run-${count}`;
      const lock = await lockFile(lockOf(file, name), 0);
      if (lock === null) continue;
      held = { name, lock };
      return name;
    }
  }

  return {
    name() {
      taken ??= take().catch((error: unknown) => {
        taken = undefined;
        throw error;
      });
      return taken;
    },
    async isGone(name) {
      const free = await lockFile(lockOf(file, name), 0);
      free?.release();
      return free !== null;
    },
    release: () => held?.lock.release(),
  };
}

const lockOf = (file: string, name: string): string => (name === OWNER ? file : `${file}.${name}`);
