// Lanes: never more at once than there are, in the order in which it came, and free again whatever becomes of the work.
import { expect, it } from 'vitest';
import { createLanes } from '../../src/util/lanes.ts';

it('does so much at once, and the rest in order', async () => {
  const lanes = createLanes(2);
  const began: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const all = [0, 1, 2, 3].map((index) =>
    lanes.take(() => {
      began.push(index);
      const end = Promise.withResolvers<void>();
      ends.push(end);
      return end.promise;
    }),
  );
  const settled = Promise.allSettled(all);
  await Promise.resolve();
  expect(began).toEqual([0, 1]);
  ends[1]?.reject(new Error('no'));
  await expect(all[1]).rejects.toThrow('no');
  await Promise.resolve();
  expect(began).toEqual([0, 1, 2]);
  ends[0]?.resolve();
  ends[2]?.resolve();
  await all[2];
  await Promise.resolve();
  expect(began).toEqual([0, 1, 2, 3]);
  ends[3]?.resolve();
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});
