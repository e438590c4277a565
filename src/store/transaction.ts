// Transactions whose first error is the one that is told, whatever else goes wrong on the way back.
import type { ControlledTransaction, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Runs `work` in a transaction.
 * @param keeps whether what `work` wrote is kept; it is unless told
 * @throws what `work` or the commit threw: a rollback that fails, too, says nothing about the cause
 */
export async function inTransaction<Result>(
  db: Kysely<Tables>,
  work: (transaction: Kysely<Tables>) => Promise<Result>,
  keeps: (result: Result) => boolean = () => true,
): Promise<Result> {
  const transaction = await db.startTransaction().execute();
  try {
    const result = await work(transaction);
    await (keeps(result) ? transaction.commit() : transaction.rollback()).execute();
    return result;
  } catch (error) {
    await rollBack(transaction);
    throw error;
  }
}

/** A database that gave up a transaction by itself, as a full disk makes it, refuses to roll back again. */
async function rollBack(transaction: ControlledTransaction<Tables>): Promise<void> {
  if (transaction.isRolledBack || transaction.isCommitted) return;
  await transaction
    .rollback()
    .execute()
    .catch(() => undefined);
}
