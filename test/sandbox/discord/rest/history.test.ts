// The history of a channel, replies, nonces and deleting in bulk.

import { PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type DiscordService, defaultWorld } from '../../../../src/sandbox/discord/index.ts';
import { call, ManualClock, startService } from '../harness.ts';

const GENERAL = '/channels/1100000000000000031/messages';
const DAY_MS = 24 * 3_600_000;

interface Message {
  id: string;
  content: string;
}

async function send(service: DiscordService, body: object): Promise<Message> {
  const answer = await call(service, 'POST', GENERAL, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Message;
}

async function write(service: DiscordService, count: number): Promise<Message[]> {
  const written: Message[] = [];
  for (let index = 0; index < count; index += 1) written.push(await send(service, { content: `${index}` }));
  return written;
}

async function list(service: DiscordService, query: string): Promise<string[]> {
  const answer = await call(service, 'GET', `${GENERAL}${query}`);
  return ((await answer.json()) as Message[]).map(({ content }) => content);
}

describe('the history', () => {
  it('is paged by limit, before, after and around, newest first', async () => {
    const service = await startService();
    const written = await write(service, 7);
    const id = written[3]?.id;
    expect(await list(service, '')).toEqual(['6', '5', '4', '3', '2', '1', '0']);
    expect(await list(service, '?limit=2')).toEqual(['6', '5']);
    expect(await list(service, `?limit=2&before=${id}`)).toEqual(['2', '1']);
    expect(await list(service, `?limit=2&after=${id}`)).toEqual(['5', '4']);
    expect(await list(service, `?limit=3&around=${id}`)).toEqual(['4', '3', '2']);
    expect(await list(service, '?after=0&limit=1')).toEqual(['0']);
    expect(await list(service, `?before=${written[0]?.id}`)).toEqual([]);
    expect(await list(service, `?after=${written[6]?.id}`)).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'before=x', 'before=1&after=1'])(
    'refuses ?%s',
    async (query) => {
      const service = await startService();
      const answer = await call(service, 'GET', `${GENERAL}?${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 50035 });
    },
  );

  it('is empty for whom it is hidden, who cannot reply either', async () => {
    const world = defaultWorld();
    const service = await startService({ world });
    const [first] = await write(service, 1);
    world.roles.everyone.permissions &= ~Can.ReadMessageHistory;
    expect(await list(service, '')).toEqual([]);
    const reply = { content: 'hi', message_reference: { message_id: first?.id } };
    const answer = await call(service, 'POST', GENERAL, reply);
    expect(await answer.json()).toMatchObject({ code: 160002 });
  });
});

describe('a reply', () => {
  it('names the message that it answers, and its author', async () => {
    const service = await startService();
    const asked = service.typeText({ as: 'bob', content: 'Why?' });
    const reply = await send(service, { content: 'So', message_reference: { message_id: asked.id } });
    expect(reply).toMatchObject({
      type: 19,
      message_reference: { type: 0, message_id: asked.id, guild_id: service.guildId },
      referenced_message: { id: asked.id, content: 'Why?' },
      mentions: [{ username: 'bob' }],
    });
    const quiet = { replied_user: false };
    const reference = { message_id: asked.id };
    expect(
      await send(service, { content: 'So', message_reference: reference, allowed_mentions: quiet }),
    ).toMatchObject({ mentions: [] });
  });

  it('has null in place of a message that was deleted', async () => {
    const service = await startService();
    const [first] = await write(service, 1);
    const reply = await send(service, { content: 'So', message_reference: { message_id: first?.id } });
    await call(service, 'DELETE', `${GENERAL}/${first?.id}`);
    const read = await call(service, 'GET', `${GENERAL}/${reply.id}`);
    expect(await read.json()).toMatchObject({ type: 19, referenced_message: null });
  });

  it('to a message that is not there is refused, unless that was allowed for', async () => {
    const service = await startService();
    const reply = { content: 'So', message_reference: { message_id: '1' } };
    const answer = await call(service, 'POST', GENERAL, reply);
    expect(await answer.json()).toMatchObject({
      code: 50035,
      errors: { message_reference: { _errors: [{ code: 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE' }] } },
    });
    const message_reference = { message_id: '1', fail_if_not_exists: false };
    const sent = await send(service, { content: 'So', message_reference });
    expect(sent).toMatchObject({ type: 0 });
    expect(sent).not.toHaveProperty('message_reference');
  });
});

describe('a nonce', () => {
  it('comes back, and when enforced stands for one message for a while', async () => {
    const clock = new ManualClock();
    const service = await startService({ clock });
    const body = { content: 'once', nonce: 'abc', enforce_nonce: true };
    const first = await send(service, body);
    expect(first).toMatchObject({ nonce: 'abc' });
    expect((await send(service, body)).id).toBe(first.id);
    expect((await send(service, { ...body, enforce_nonce: false })).id).not.toBe(first.id);
    clock.advance(10 * 60_000);
    expect((await send(service, body)).id).not.toBe(first.id);
  });

  it('has at most 25 characters', async () => {
    const service = await startService();
    const answer = await call(service, 'POST', GENERAL, { content: 'x', nonce: 'n'.repeat(26) });
    expect(answer.status).toBe(400);
  });
});

describe('deleting in bulk', () => {
  it('deletes what there is of 2 to 100 messages', async () => {
    const service = await startService();
    const [first, , third] = await write(service, 3);
    const messages = [first?.id, third?.id, first?.id];
    const answer = await call(service, 'POST', `${GENERAL}/bulk-delete`, { messages });
    expect(answer.status).toBe(204);
    expect(await list(service, '')).toEqual(['1']);
  });

  it('refuses too few, too many, too old ones, and a bot that may not', async () => {
    const world = defaultWorld();
    const clock = new ManualClock();
    const service = await startService({ world, clock });
    const [first, second] = await write(service, 2);
    const ask = async (messages: unknown[]) => {
      const answer = await call(service, 'POST', `${GENERAL}/bulk-delete`, { messages });
      return (await answer.json()) as object;
    };
    expect(await ask([first?.id])).toMatchObject({ code: 50016 });
    expect(await ask(Array.from({ length: 101 }, (_, index) => `${index}`))).toMatchObject({ code: 50016 });
    expect(await ask(['x', 'y'])).toMatchObject({ code: 50035 });
    clock.advance(15 * DAY_MS);
    expect(await ask([first?.id, second?.id])).toMatchObject({ code: 50034 });
    world.roles.bot.permissions = 0n;
    expect(await ask([first?.id, second?.id])).toMatchObject({ code: 50013 });
    expect(service.messages('general')).toHaveLength(2);
  });
});
