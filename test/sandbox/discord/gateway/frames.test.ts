// Frames as libraries of other languages write them: fields that are null, ids that are numbers, and closing.

import { GatewayIntentBits as Intent } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import type { DiscordService } from '../../../../src/sandbox/discord/index.ts';
import { startService } from '../harness.ts';

const BOB = '1100000000000000045';
const CAROL = '1100000000000000046';

interface Frame {
  op: number;
  t: string | null;
  s: number | null;
  d: Record<string, unknown>;
}

/** A client that speaks the protocol by hand. */
interface Wire {
  send(text: string | object): void;
  /** The next frame that is as wanted; those before it are passed over. */
  next(isWanted: (frame: Frame) => boolean): Promise<Frame>;
  closed: Promise<number>;
  socket: WebSocket;
}

function connect(service: DiscordService): Wire {
  const socket = new WebSocket(service.api.replace('http', 'ws').replace('/api', '/?v=10&encoding=json'));
  const frames: Frame[] = [];
  let look = () => undefined as unknown;
  socket.on('message', (data) => {
    frames.push(JSON.parse(data.toString()));
    look();
  });
  onTestFinished(() => socket.terminate());
  return {
    socket,
    send: (data) => socket.send(typeof data === 'string' ? data : JSON.stringify(data)),
    closed: new Promise((resolve) => socket.on('close', resolve)),
    next: (isWanted) =>
      new Promise((resolve) => {
        look = () => {
          const at = frames.findIndex(isWanted);
          const [found] = at < 0 ? [] : frames.splice(0, at + 1).slice(-1);
          if (found) resolve(found);
        };
        look();
      }),
  };
}

async function identify(service: DiscordService, d: object = {}): Promise<Wire> {
  const wire = connect(service);
  await wire.next(({ op }) => op === 10);
  const intents = Intent.Guilds | Intent.GuildMembers | Intent.GuildPresences;
  wire.send({ op: 2, d: { token: service.token, intents, properties: {}, ...d } });
  return wire;
}

function members(frame: Frame): string[] {
  const listed = frame.d.members as { user: { username: string } }[];
  return listed.map(({ user }) => user.username);
}

const isChunk = ({ t }: Frame) => t === 'GUILD_MEMBERS_CHUNK';

describe('IDENTIFY', () => {
  it.each([
    {},
    { shard: null },
    { shard: [0, 1] },
    { large_threshold: null, presence: null, compress: null },
  ])('is taken with %j', async (fields) => {
    const service = await startService();
    const wire = await identify(service, fields);
    expect((await wire.next(({ t }) => t === 'READY')).d).toMatchObject({ shard: [0, 1] });
  });

  it.each([
    [{ shard: [0] }, 4002],
    [{ shard: 'first' }, 4002],
    [{ large_threshold: 10 }, 4002],
    [{ intents: null }, 4002],
    [{ shard: [1, 1] }, 4010],
  ])('with %j closes', async (fields, code) => {
    const service = await startService();
    expect(await (await identify(service, fields)).closed).toBe(code);
  });

  it('with the intent for presences tells who is there', async () => {
    const service = await startService();
    const wire = await identify(service);
    const { d } = await wire.next(({ t }) => t === 'GUILD_CREATE');
    expect(d.presences).toHaveLength(8);
  });
});

describe('op 8', () => {
  const guild_id = '1100000000000000001';

  it.each([
    ['ids as numbers', `{"guild_id":1100000000000000001,"user_ids":[${BOB},${CAROL}]}`, ['bob', 'carol']],
    ['one id as a number', `{"guild_id":1100000000000000001,"user_ids":${BOB}}`, ['bob']],
    ['a list of one guild', `{"guild_id":["${guild_id}"],"query":"bo","limit":5}`, ['bob']],
    [
      'nulls',
      `{"guild_id":"${guild_id}","query":"CAR","limit":1,"user_ids":null,"nonce":null,"presences":null}`,
      ['carol'],
    ],
    ['a nickname', `{"guild_id":"${guild_id}","query":"rob","limit":5}`, ['bob']],
    ['a limit', `{"guild_id":"${guild_id}","query":"a","limit":1}`, ['alice']],
  ])('takes %s', async (_what, data, names) => {
    const service = await startService();
    Object.assign(service.world.members.bob ?? {}, { nick: 'Robert' });
    const wire = await identify(service);
    wire.send(`{"op":8,"d":${data}}`);
    expect(members(await wire.next(isChunk))).toEqual(names);
  });

  it('tells who was not found, the nonce, and presences when asked', async () => {
    const service = await startService();
    const wire = await identify(service);
    wire.send({ op: 8, d: { guild_id, user_ids: [BOB, '7'], nonce: 'n1', presences: true } });
    expect((await wire.next(isChunk)).d).toMatchObject({
      chunk_index: 0,
      chunk_count: 1,
      not_found: ['7'],
      nonce: 'n1',
      presences: [{ user: { id: BOB }, status: 'online' }],
    });
    wire.send({ op: 8, d: { guild_id, user_ids: [BOB], nonce: 'n'.repeat(33) } });
    const { d } = await wire.next(isChunk);
    expect(d).not.toHaveProperty('nonce');
    expect(d).not.toHaveProperty('presences');
    expect(d).not.toHaveProperty('not_found');
  });

  it("is not answered for another guild's id, nor with everybody to whom the intent is missing", async () => {
    const service = await startService();
    const wire = await identify(service, { intents: Intent.Guilds });
    wire.send({ op: 8, d: { guild_id: '1', query: '', limit: 0 } });
    wire.send({ op: 8, d: { guild_id, query: '', limit: 0 } });
    wire.send({ op: 8, d: { guild_id, query: 'bob', limit: 1, nonce: 'last' } });
    expect((await wire.next(isChunk)).d).toMatchObject({ nonce: 'last' });
  });

  it('comes in chunks of 1,000', async () => {
    const service = await startService();
    for (let index = 0; index < 1_500; index += 1) {
      const id = `12${index.toString().padStart(17, '0')}`;
      service.world.members[`m${index}`] = { id, username: `m${index}`, displayName: `M${index}`, roles: [] };
    }
    const wire = await identify(service);
    wire.send({ op: 8, d: { guild_id, query: '', limit: 0 } });
    const first = await wire.next(isChunk);
    const second = await wire.next(isChunk);
    expect(first.d).toMatchObject({ chunk_index: 0, chunk_count: 2 });
    expect([members(first).length, members(second).length]).toEqual([1_000, 508]);
  });

  it.each(['{"user_ids":["7"]}', '{"guild_id":"x","query":""}', '{"guild_id":"1","user_ids":[true]}'])(
    'closes for %s',
    async (data) => {
      const service = await startService();
      const wire = await identify(service);
      wire.send(`{"op":8,"d":${data}}`);
      expect(await wire.closed).toBe(4002);
    },
  );
});

describe('a close', () => {
  async function resume(service: DiscordService, session: unknown): Promise<Frame> {
    const wire = connect(service);
    await wire.next(({ op }) => op === 10);
    wire.send({ op: 6, d: { token: service.token, session_id: session, seq: 2 } });
    return wire.next(({ op, t }) => op === 9 || t === 'RESUMED');
  }

  it.each([
    ['begun by the server with 4000 and answered by 1000', 4000, 1000, true],
    ['begun by the server with 1001', 1001, 1001, true],
    ['because the session timed out', 4009, 4009, false],
    ['begun by the client with 1000', undefined, 1000, false],
    ['begun by the client with 1001', undefined, 1001, false],
    ['begun by the client with 4000', undefined, 4000, true],
  ])('%s', async (_what, byServer, byClient, survives) => {
    const service = await startService();
    const wire = await identify(service);
    const ready = await wire.next(({ t }) => t === 'READY');
    await wire.next(({ t }) => t === 'GUILD_CREATE');
    if (byServer === undefined) wire.socket.close(byClient);
    else answerCloseWith(wire.socket, byClient, () => service.dropConnections(byServer));
    await wire.closed;
    const answer = await resume(service, ready.d.session_id);
    expect(answer.t ?? answer.d).toBe(survives ? 'RESUMED' : false);
  });

  /** Some libraries answer every close with 1000; ws would answer with the code that it was sent. */
  function answerCloseWith(socket: WebSocket, code: number, begin: () => void): void {
    const receiver = (socket as unknown as { _receiver: NodeJS.EventEmitter })._receiver;
    receiver.removeAllListeners('conclude');
    receiver.once('conclude', () => socket.close(code));
    begin();
  }
});
