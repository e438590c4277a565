// Reconciling: a case that a stopped program left pending is settled by what Chat says, and nothing is sent.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../support/product.ts';

let product: Product;
beforeEach(async () => {
  product = await startProduct();
});
afterEach(() => product.close());

/** The program dies between the answer of Chat and the settling of the case. */
async function dieAfter(line: string): Promise<void> {
  const settle = product.cases.settle;
  product.cases.settle = () => Promise.reject(new Error('killed'));
  await product.type(line);
  product.cases.settle = settle;
  product.changes();
}

/** The program dies after the case was written, before anything reached Chat. */
async function dieBefore(line: string): Promise<void> {
  for (const endpoint of [
    'modify_group_member_info',
    'forbid_send_msg',
    'delete_group_member',
    'ban_group_member',
    'unban_group_member',
    'modify_group_base_info',
    'group_msg_recall',
  ] as const) {
    product.chat.faults.next(endpoint, { kind: 'code', code: 10_026 }, 100);
  }
  await dieAfter(line);
  product.chat.faults.clear();
}

const lines = [
  '/mute @bob 1h',
  '/mute @bob @dave permanent',
  '/unmute @carol',
  '/promote @bob',
  '/demote @ken',
  '/nick @bob Sir Bob',
  '/notify @bob block',
  '/field @bob team blue',
  '/kick @bob',
  '/ban @bob 1d',
  '/unban @mallory',
  '/lock',
  '/recall 1',
];

describe('a pending case', () => {
  it.each(lines)('%s that took effect is applied', async (line) => {
    await dieAfter(line);
    expect(await product.marshal.reconcile()).toEqual({ settled: 1, pending: 0 });
    expect((await product.cases.find('guild', 1))?.state).toBe('applied');
    expect(product.changes()).toEqual([]);
  });

  it.each(lines)('%s that did not is failed', async (line) => {
    await dieBefore(line);
    expect(await product.marshal.reconcile()).toEqual({ settled: 1, pending: 0 });
    expect((await product.cases.find('guild', 1))?.state).toBe('failed');
    expect(product.changes()).toEqual([]);
  });

  it('that undid another ends that one', async () => {
    await product.type('/promote @bob');
    await dieAfter('/undo');
    await product.marshal.reconcile();
    expect((await product.cases.find('guild', 2))?.state).toBe('applied');
    expect(await product.cases.find('guild', 1)).toMatchObject({ state: 'undone', undoneBy: 2 });
  });

  it('that should have undone another leaves that one standing', async () => {
    await product.type('/promote @bob');
    await dieBefore('/undo');
    await product.marshal.reconcile();
    expect((await product.cases.find('guild', 2))?.state).toBe('failed');
    expect((await product.cases.find('guild', 1))?.state).toBe('applied');
  });

  it('whose effect cannot be seen is not called failed', async () => {
    await dieAfter('/purge @bob');
    await product.marshal.reconcile();
    expect(await product.cases.find('guild', 1)).toMatchObject({
      state: 'partly',
      targets: [{ outcome: 'uncertain' }],
    });
  });

  it('whose time is over by now is not called failed either', async () => {
    await dieAfter('/mute @bob 1s');
    product.chat.world.group('guild').mutes.delete('bob');
    const find = product.cases.pending;
    product.cases.pending = async () =>
      (await find()).map((record) => ({ ...record, createdAt: record.createdAt - 120_000 }));
    await product.marshal.reconcile();
    expect((await product.cases.find('guild', 1))?.targets[0]?.outcome).toBe('uncertain');
  });

  it('stays pending while Chat cannot be read', async () => {
    await dieAfter('/mute @bob 1h');
    product.chat.faults.next('*', { kind: 'down' });
    expect(await product.marshal.reconcile()).toEqual({ settled: 0, pending: 1 });
    product.chat.faults.clear();
    expect(await product.marshal.reconcile()).toEqual({ settled: 1, pending: 0 });
  });
});
