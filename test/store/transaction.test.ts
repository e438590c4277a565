// Transactions: whatever else fails on the way back, the first error is the one that is told.
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite/database.ts';
import { inTransaction } from '../../src/store/transaction.ts';

const open = () => openSqlite({ kind: 'sqlite', path: ':memory:' }, 'own');

test('a rollback that fails does not hide why', async () => {
  const { db, close } = await open();
  const work = inTransaction(db, async (transaction) => {
    await sql`rollback`.execute(transaction);
    throw new Error('the first');
  });
  await expect(work).rejects.toThrow('the first');
  await expect(inTransaction(db, async () => 'usable still')).resolves.toBe('usable still');
  await close();
});

test.each(['inTransaction', 'exclusively'] as const)('a full disk is named by %s', async (way) => {
  const database = await open();
  const { db } = database;
  await sql`create table big (text)`.execute(db);
  await sql`pragma max_page_count = 8`.execute(db);
  const fill = async (transaction: typeof db) => {
    for (;;) await sql`insert into big values (hex(randomblob(4000)))`.execute(transaction);
  };
  const work = way === 'exclusively' ? database.exclusively(fill) : inTransaction(db, fill);
  await expect(work).rejects.toThrow('database or disk is full');
  await database.close();
});

test('what is not kept is rolled back', async () => {
  const { db, close } = await open();
  await sql`create table t (x)`.execute(db);
  const insert = (transaction: typeof db) => sql`insert into t values (1)`.execute(transaction);
  await inTransaction(db, insert, () => false);
  await inTransaction(db, insert);
  expect((await sql`select * from t`.execute(db)).rows).toHaveLength(1);
  await close();
});
