// A place is bound to one group at a time, a group has one log channel, alike on every database.
import { describe, expect, it } from 'vitest';
import type { Place } from '../../src/moderation/place.ts';
import { alice } from './cases/drafts.ts';
import { databases, openFresh } from './databases.ts';

const server: Place = { surface: 'discord', guild: '1', channel: null };
const channel: Place = { ...server, channel: '10' };
const bob = { surface: 'discord', id: '200', name: 'Bob', account: null };

for (const database of databases) {
  describe.skipIf(database.missing)(database.name, () => {
    it('knows the group of the first place that is bound', async () => {
      const { places } = await openFresh(database);
      await places.bind(server, 'a', alice);
      await places.bind(channel, 'b', alice);
      expect(await places.groupOf([channel, server])).toBe('b');
      expect(await places.groupOf([server, channel])).toBe('a');
      expect(await places.groupOf([{ ...server, channel: '11' }, server])).toBe('a');
      expect(await places.groupOf([{ ...server, channel: '11' }])).toBeNull();
      expect(await places.groupOf([{ ...server, guild: '2' }])).toBeNull();
      expect(await places.groupOf([{ ...server, surface: 'terminal' }])).toBeNull();
      expect(await places.groupOf([])).toBeNull();
    });

    it.each([server, channel])('binds %j in place of the group before', async (place) => {
      const { places } = await openFresh(database);
      await places.bind(place, 'a', alice);
      const bound = await places.bind(place, 'b', bob);
      expect(bound).toEqual({ place, group: 'b', by: bob, at: expect.any(Number) });
      expect(await places.bindings('a')).toEqual([]);
      expect(await places.bindings('b')).toEqual([bound]);
    });

    it('binds a place once when many bind it at once', async () => {
      const { places } = await openFresh(database);
      const groups = Array.from({ length: 12 }, (_, index) => `group${index}`);
      await Promise.all(groups.map((group) => places.bind(server, group, alice)));
      const kept = await Promise.all(groups.map((group) => places.bindings(group)));
      expect(kept.flat()).toHaveLength(1);
    });

    it('unbinds a place once, and only that one', async () => {
      const { places } = await openFresh(database);
      const whole = await places.bind(server, 'a', alice);
      const one = await places.bind(channel, 'a', alice);
      expect(await places.bindings('a')).toEqual([whole, one]);
      expect(await places.unbind(server)).toEqual(whole);
      expect(await places.unbind(server)).toBeNull();
      expect(await places.bindings('a')).toEqual([one]);
    });

    it('lists the bindings of a group, the oldest first', async () => {
      const { places } = await openFresh(database);
      for (const name of ['3', '1', '2']) await places.bind({ ...server, channel: name }, 'a', alice);
      await places.bind({ ...server, channel: '3' }, 'a', alice);
      const bound = await places.bindings('a');
      expect(bound.map(({ place }) => place.channel)).toEqual(['1', '2', '3']);
    });

    it("keeps a group's log channel until another is chosen or it is taken back", async () => {
      const { places } = await openFresh(database);
      const [first, second] = [
        { surface: 'discord', guild: '1', channel: '10' },
        { surface: 'discord', guild: '2', channel: '20' },
      ];
      expect(await places.logOf('a')).toBeNull();
      await places.setLog('a', first, alice);
      await places.setLog('b', first, alice);
      expect(await places.logOf('a')).toEqual(first);
      await places.setLog('a', second, bob);
      expect(await places.logOf('a')).toEqual(second);
      await places.setLog('a', null, bob);
      await places.setLog('a', null, bob);
      expect(await places.logOf('a')).toBeNull();
      expect(await places.logOf('b')).toEqual(first);
    });
  });
}
