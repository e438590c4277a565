// Faults on demand and caps a second.

import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { endpointNames, endpointOf } from '../../../../src/chat/protocol/endpoints.ts';
import { type Harness, pathOf, start } from '../harness.ts';

const rename = (harness: Harness) =>
  harness.call('modify_group_base_info', { GroupId: 'guild', Name: 'renamed' });
const nameOf = ({ service }: Harness) => service.world.group('guild').profile.Name;

describe('faults', () => {
  it('answer with a code, that many times, without doing the work', async () => {
    const harness = await start();
    harness.service.faults.next('modify_group_base_info', { kind: 'code', code: 10002 }, 2);
    expect((await rename(harness)).ErrorCode).toBe(10002);
    expect((await harness.call('get_appid_group_list', {})).ErrorCode).toBe(0);
    expect((await rename(harness)).ErrorCode).toBe(10002);
    expect(nameOf(harness)).toBe('Moonlight Guild');
    expect((await rename(harness)).ErrorCode).toBe(0);
  });

  it.each(['before', 'after'] as const)('reset the connection %s the work', async (when) => {
    const harness = await start();
    harness.service.faults.next('*', { kind: 'reset', when });
    await expect(rename(harness)).rejects.toThrow();
    expect(nameOf(harness)).toBe(when === 'after' ? 'renamed' : 'Moonlight Guild');
    expect(harness.service.requests[0]).toMatchObject({ fault: 'reset' });
    expect(harness.service.requests[0]).not.toHaveProperty('code');
  });

  it.each([
    [{ kind: 'http', status: 502 } as const, 502],
    [{ kind: 'garbage' } as const, 200],
  ])('%j answers no JSON', async (fault, status) => {
    const { service, urlOf } = await start();
    service.faults.next('*', fault);
    const answer = await request(urlOf(pathOf('get_appid_group_list')), { method: 'POST', body: '{}' });
    expect(answer.statusCode).toBe(status);
    await expect(answer.body.json()).rejects.toThrow();
  });

  it('are slow, and do the work for a client that has gone', async () => {
    const harness = await start();
    const { service, urlOf } = harness;
    service.faults.next('*', { kind: 'slow', ms: 100 });
    const body = JSON.stringify({ GroupId: 'guild', Name: 'renamed' });
    const url = urlOf(pathOf('modify_group_base_info'));
    const signal = AbortSignal.timeout(30);
    await expect(request(url, { method: 'POST', body, signal })).rejects.toThrow();
    await expect.poll(() => nameOf(harness)).toBe('renamed');
  });

  it('are held back until they are let go', async () => {
    const harness = await start();
    const { service, urlOf } = harness;
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const hold = () => {
      reached.resolve();
      return go.promise;
    };
    service.faults.next('modify_group_base_info', { kind: 'held', hold, when: 'after' });
    const body = JSON.stringify({ GroupId: 'guild', Name: 'renamed' });
    const answer = request(urlOf(pathOf('modify_group_base_info')), { method: 'POST', body });
    await reached.promise;
    expect(nameOf(harness)).toBe('renamed');
    expect(service.requests).toEqual([]);
    go.resolve();
    expect((await answer).statusCode).toBe(200);
  });

  it('keep the service down until they are cleared', async () => {
    const harness = await start();
    harness.service.faults.next('*', { kind: 'down' });
    for (let index = 0; index < 3; index += 1) await expect(rename(harness)).rejects.toThrow();
    harness.service.faults.clear();
    expect((await rename(harness)).ErrorCode).toBe(0);
  });
});

describe('caps a second', () => {
  const capped = endpointNames.filter((name) => endpointOf(name).callsPerSecond < 200);
  it.each(capped)('%s', async (name) => {
    const { call, clock } = await start({ rateLimits: true });
    const { callsPerSecond } = endpointOf(name);
    for (let index = 0; index < callsPerSecond; index += 1) {
      expect((await call(name, {})).ErrorCode).not.toBe(60007);
    }
    clock.advance(999);
    expect((await call(name, {})).ErrorCode).toBe(60007);
    expect((await call('get_group_info', { GroupIdList: ['guild'] })).ErrorCode).toBe(0);
    clock.advance(1);
    expect((await call(name, {})).ErrorCode).not.toBe(60007);
  });

  it('are 200 for the rest', async () => {
    const { call } = await start({ rateLimits: true });
    const codes: number[] = [];
    for (let index = 0; index < 201; index += 1) {
      codes.push((await call('get_group_muted_account', { GroupId: 'guild' })).ErrorCode);
    }
    expect(codes.filter((code) => code === 0)).toHaveLength(200);
    expect(codes.at(-1)).toBe(60007);
  });

  it('drop messages beyond 40 a second in one group, with success', async () => {
    const { service, clock } = await start({ rateLimits: true });
    const before = service.world.messages('guild').length;
    for (let index = 0; index < 41; index += 1) {
      expect((await service.say('guild', 'bob', 'spam')).ErrorCode).toBe(0);
    }
    expect(service.world.messages('guild')).toHaveLength(before + 40);
    clock.advance(1000);
    await service.say('guild', 'bob', 'calm');
    expect(service.world.messages('guild')).toHaveLength(before + 41);
  });
});
