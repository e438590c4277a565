// One-to-one messages: whom they reach, and what is refused.
import { describe, expect, it } from 'vitest';
import { type Harness, NOW, start } from '../harness.ts';

const text = (Text: string) => ({ MsgType: 'TIMTextElem', MsgContent: { Text } });
const custom = { MsgType: 'TIMCustomElem', MsgContent: { Data: 'x' } };
/** Bytes of a text message beside its words. */
const ENVELOPE = JSON.stringify([text('')]).length;

const send = ({ call }: Harness, fields: object = {}) =>
  call('batchsendmsg', { To_Account: ['bob'], MsgRandom: 7, MsgBody: [text('Hello')], ...fields });

describe('batchsendmsg', () => {
  it.each<[string, object, number]>([
    ['to one account', {}, 0],
    ['to nobody', { To_Account: [] }, 90029],
    ['to what is no list', { To_Account: 'bob' }, 90028],
    ['without recipients', { To_Account: null }, 90028],
    ['to an account that is no text', { To_Account: [7] }, 60015],
    ['to accounts none of which exists', { To_Account: ['nobody', 'no one'] }, 90012],
    ['from another account', { From_Account: 'alice' }, 0],
    ['from an account that does not exist', { From_Account: 'nobody' }, 90008],
    ['without MsgRandom', { MsgRandom: null }, 90005],
    ['without elements', { MsgBody: [] }, 90007],
    ['that is no array', { MsgBody: 'Hello' }, 90007],
    ['with two custom elements', { MsgBody: [custom, custom] }, 90010],
    ['kept for seven days', { MsgLifeTime: 604_800 }, 0],
    ['kept for longer', { MsgLifeTime: 604_801 }, 90026],
    ['kept for no number', { MsgLifeTime: 'long' }, 90044],
    ['of 12 KB', { MsgBody: [text('x'.repeat(12 * 1024 - ENVELOPE))] }, 0],
    ['of more than 12 KB', { MsgBody: [text('x'.repeat(12 * 1024 - ENVELOPE + 1))] }, 90055],
  ])('%s', async (_name, fields, code) => {
    expect((await send(await start(), fields)).ErrorCode).toBe(code);
  });

  it('hands the words to everybody who exists, in a group or not, and names the others', async () => {
    const harness = await start();
    const reply = await send(harness, {
      To_Account: ['bob', 'nobody', 'mallory'],
      MsgBody: [text('Hello, '), custom, text('you')],
    });
    expect(reply).toMatchObject({ ErrorCode: 0, MsgKey: `0_7_${NOW}` });
    expect(reply.ErrorList).toEqual([{ To_Account: 'nobody', ErrorCode: 70107 }]);
    const { world } = harness.service;
    const notice = { text: 'Hello, you', from: 'administrator', time: NOW, random: 7 };
    expect(world.inbox('bob')).toEqual([notice]);
    expect(world.inbox('mallory')).toEqual([notice]);
    expect(world.inbox('nobody')).toEqual([]);
  });

  it('names nobody where everybody was reached', async () => {
    expect(await send(await start())).not.toHaveProperty('ErrorList');
  });

  it('passes over a repeat within the same second', async () => {
    const harness = await start();
    const received = () => harness.service.world.inbox('bob').length;
    await send(harness);
    await send(harness);
    expect(received()).toBe(1);
    await send(harness, { MsgRandom: 8 });
    expect(received()).toBe(2);
    harness.clock.advance(1000);
    await send(harness);
    expect(received()).toBe(3);
  });

  it('is not kept from a muted account', async () => {
    const harness = await start();
    await send(harness, { To_Account: ['carol', 'bob'], From_Account: 'carol' });
    expect(harness.service.world.inbox('bob')).toMatchObject([{ from: 'carol' }]);
    expect(harness.service.world.inbox('carol')).toHaveLength(1);
  });
});
