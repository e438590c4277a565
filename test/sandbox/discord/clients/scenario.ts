// What every foreign library is put through: the same bot in each, and the same people in front of it. The tests stop
// the service's clock, so that a slow machine makes no interaction late.

import { expect } from 'vitest';
import { type DiscordService, TypingRefused } from '../../../../src/sandbox/discord/index.ts';

/** The command that every bot registers: it answers with the channel's name and whether the person may see it. */
export const SHOW = {
  name: 'show',
  description: 'Shows a channel',
  options: [{ type: 7, name: 'channel', description: 'Which', required: true }],
};

/** Bit of the permission that the bots look for in the channel of the option. */
export const VIEW_CHANNEL = 1n << 10n;

/** What a bot answers to `/show`. */
export function shown(name: string, maySee: boolean): string {
  return `${name} ${maySee}`;
}

/** What a bot answers to `!history`, which is handed to it newest first. */
export function listed(messages: Iterable<{ content: string }>): string {
  const contents = Array.from(messages, ({ content }) => content);
  return `oldest first: ${contents.reverse().join('|')}`;
}

/** Waits until `/show` is registered, for bots that run in a process of their own. @throws the signal's reason */
export async function registered(service: DiscordService, signal?: AbortSignal): Promise<void> {
  await service.waitForReady();
  await expect
    .poll(() => signal?.aborted || service.commands().some(({ name }) => name === SHOW.name), {
      timeout: 15_000,
    })
    .toBe(true);
  signal?.throwIfAborted();
}

/** A person uses the command: `resolved.channels` tells what they may do there. */
export async function tryCommand(service: DiscordService): Promise<void> {
  const options = { channel: 'mod-log' };
  const byAlice = await service.type({ as: 'alice', command: SHOW.name, options });
  expect(byAlice.content).toBe(shown('mod-log', true));
  const byBob = await service.type({ as: 'bob', command: SHOW.name, options });
  expect(byBob.content).toBe(shown('mod-log', false));
  await expect(service.type({ as: 'bob', command: SHOW.name })).rejects.toThrow(TypingRefused);
}

/**
 * People write to a bot that reads messages. To `!members TEXT` it replies with the names of the members that op 8
 * finds; to `!history` with the contents of the three newest messages.
 */
export async function tryMessages(service: DiscordService): Promise<void> {
  const asked = service.typeText({ as: 'bob', content: '!members CA' });
  await expect.poll(() => answers(service, asked.id)).toEqual(['carol']);
  const history = service.typeText({ as: 'bob', content: '!history' });
  await expect.poll(() => answers(service, history.id)).toEqual(['oldest first: !members CA|carol|!history']);
}

/** The replies of the bot to one message. */
function answers(service: DiscordService, id: string): string[] {
  const replies = service.messages('general').filter(({ raw }) => raw?.message_reference?.message_id === id);
  return replies.map(({ content }) => content);
}
