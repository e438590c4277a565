// get_history: links to an hour's messages, and what is behind them.
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { type Harness, start } from '../harness.ts';

/** The clock starts at 2026-01-01 00:00 UTC, which is 08:00 in Beijing. */
const HOUR = '2026010108';
const hours = (count: number) => count * 3_600_000;
const md5 = (data: Buffer) => createHash('md5').update(data).digest('hex');

interface File {
  readonly URL: string;
  readonly FileMD5: string;
}

async function filesOf({ call }: Harness, ChatType: string, MsgTime = HOUR): Promise<File[]> {
  const reply = await call('get_history', { ChatType, MsgTime });
  expect(reply.ErrorCode).toBe(0);
  // The call's answer has this shape, which the assertions below look at.
  return reply.File as File[];
}

async function fetchAll(url: string) {
  const answer = await request(url);
  return { status: answer.statusCode, data: Buffer.from(await answer.body.arrayBuffer()) };
}

it('serves the messages of one hour, packed, from its own port', async () => {
  const harness = await start();
  const { service, clock, call } = harness;
  await service.say('guild', 'bob', 'hello');
  await call('send_group_msg', {
    GroupId: 'team',
    Random: 3,
    MsgBody: [{ MsgType: 'TIMFaceElem', MsgContent: {} }],
  });
  await service.whisper('bob', 'carol', 'psst');
  clock.advance(hours(2));
  const [file, ...others] = await filesOf(harness, 'Group');
  expect(others).toEqual([]);
  expect(file?.URL).toMatch(new RegExp(`^${service.url}/msg_history/`));
  const { status, data } = await fetchAll(file?.URL ?? '');
  expect(status).toBe(200);
  const unpacked = gunzipSync(data);
  expect(file).toMatchObject({
    ExpireTime: '2026-01-02 10:00:00',
    FileSize: unpacked.length,
    FileMD5: md5(unpacked),
    GzipSize: data.length,
    GzipMD5: md5(data),
  });
  expect(JSON.parse(unpacked.toString())).toMatchObject({
    MsgList: [
      {
        From_Account: 'bob',
        GroupId: 'guild',
        MsgFromPlatform: 'Web',
        MsgBody: [{ MsgType: 'TIMTextElem' }],
      },
      { From_Account: 'administrator', GroupId: 'team', MsgRandom: 3, MsgFromPlatform: 'RESTAPI' },
    ],
  });
  const [private_] = await filesOf(harness, 'C2C');
  const { data: packed } = await fetchAll(private_?.URL ?? '');
  expect(JSON.parse(gunzipSync(packed).toString())).toMatchObject({
    MsgList: [{ From_Account: 'bob', To_Account: 'carol', MsgKey: expect.stringMatching(/^\d+_\d+_\d+$/) }],
  });
});

it('divides by the hour, and knows an hour in which nobody spoke', async () => {
  const harness = await start();
  harness.clock.advance(hours(1) - 1);
  await harness.service.say('guild', 'bob', 'last second');
  harness.clock.advance(1);
  await harness.service.say('guild', 'bob', 'next hour');
  harness.clock.advance(hours(3));
  const [first] = await filesOf(harness, 'Group', '2026010108');
  const [second] = await filesOf(harness, 'Group', '2026010109');
  const textOf = async (file: File | undefined) =>
    gunzipSync((await fetchAll(file?.URL ?? '')).data).toString();
  expect(await textOf(first)).toContain('last second');
  expect(await textOf(second)).toContain('next hour');
  expect(await filesOf(harness, 'Group', '2026010110')).toEqual([]);
});

describe('refuses', () => {
  it.each([
    ['an hour that is not over', HOUR, 0, 1004],
    ['one whose file is not made yet', HOUR, hours(2) - 1, 1004],
    ['one of more than a week ago', HOUR, hours(24 * 7 + 1), 1004],
    ['what is no hour', '2026-01-01 08', hours(2), 1002],
    ['an hour that there is not', '2026013124', hours(2), 1002],
    ['a day that there is not', '2026023008', hours(2), 1002],
  ])('%s', async (_name, MsgTime, later, code) => {
    const { call, clock } = await start();
    clock.advance(later);
    expect((await call('get_history', { ChatType: 'Group', MsgTime })).ErrorCode).toBe(code);
  });

  it('a link that has expired, or was never made', async () => {
    const harness = await start();
    await harness.service.say('guild', 'bob', 'hello');
    harness.clock.advance(hours(2));
    const [{ URL: url } = { URL: '' }] = await filesOf(harness, 'Group');
    expect((await fetchAll(url.replace(HOUR, '2026010107'))).status).toBe(404);
    expect((await fetchAll(`${harness.service.url}/msg_history/x.gz`)).status).toBe(404);
    harness.clock.advance(hours(24));
    expect((await fetchAll(url)).status).toBe(403);
  });
});
