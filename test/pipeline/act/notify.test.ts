// What members are told, where it reaches them, and that nothing depends on it: against the sandbox, over real sockets.

import { fc, test as property } from '@fast-check/vitest';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Chat } from '../../../src/chat/chat.ts';
import { PERMANENT } from '../../../src/chat/protocol/schemas.ts';
import { locales } from '../../../src/i18n/locale.ts';
import { message, type Value } from '../../../src/i18n/message.ts';
import type { GroupFacts } from '../../../src/moderation/groups/facts.ts';
import { createNotifier } from '../../../src/pipeline/act/notify.ts';
import type { Notice, Notifier } from '../../../src/pipeline/deps.ts';
import type { TargetResult } from '../../../src/request/outcome.ts';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../../src/sandbox/chat/index.ts';
import { sandboxClient } from '../../support/client.ts';

const guild: GroupFacts = {
  id: 'guild',
  type: 'Public',
  name: 'Moonlight Guild',
  owner: 'olivia',
  introduction: '',
  memberCount: null,
  maxMemberCount: null,
  createdAt: null,
  locked: false,
  permissionGroups: false,
};
const live: GroupFacts = { ...guild, id: 'live', type: 'AVChatRoom', name: 'Live from the Arena' };

/** 22 November 2026, 22:09:01 UTC: told as the end of that minute. */
const until: Value = { at: Date.UTC(2026, 10, 22, 22, 9, 1) / 1_000 };

const done = (target: string, { until: end }: { readonly until?: Value } = {}): TargetResult => ({
  target,
  outcome: 'done',
  message:
    end === undefined
      ? message('mute.permanent', { member: target })
      : message('mute.done', { member: target, duration: { seconds: 60 }, until: end }),
});

let service: ChatService;
let chat: Chat;
let warnings: { fields: object; text: string }[];
let notifier: Notifier;

beforeEach(async () => {
  service = await startChatService({ app: sandboxApp, rateLimits: false });
  fillDefaultWorld(service.world);
  const client = sandboxClient(service.url);
  onTestFinished(async () => {
    await client.close();
    await service.close();
  });
  chat = client;
  warnings = [];
  notifier = createNotifier({ chat, logger });
});

const logger = { warn: (fields: object, text: string) => void warnings.push({ fields, text }) };

/** A command with its traits; `/undo` has none. */
const named = (name: string): Notice['command'] =>
  commands.find((command) => command.name === name && command.kind === 'changing') ?? { name };

/** Tells of a mute of bob by default, and waits for it. */
async function tell(changes: Partial<Notice> = {}): Promise<void> {
  void notifier.notify({
    command: named('mute'),
    group: guild,
    results: [done('bob', { until })],
    reason: undefined,
    settings: { tell: 'system', language: 'en' },
    ...changes,
  });
  await notifier.settle();
}

const textsOf = (account: string) => service.world.inbox(account).map(({ text }) => text);
const calls = () => service.requests.map(({ endpoint }) => endpoint);

describe('the words', () => {
  it.each([
    ['mute', 'You were muted in Moonlight Guild permanently.'],
    ['unmute', 'You may speak again in Moonlight Guild.'],
    ['kick', 'You were removed from Moonlight Guild. You may come back.'],
    ['ban', 'You were banned from Moonlight Guild permanently.'],
    ['unban', 'You may join Moonlight Guild again.'],
    ['promote', 'You are now an admin of Moonlight Guild.'],
    ['demote', 'You are no longer an admin of Moonlight Guild.'],
    ['nick', 'A moderator changed your name in Moonlight Guild.'],
    ['warn', 'You were warned in Moonlight Guild.'],
    ['field', 'A moderator used /field on you in Moonlight Guild.'],
  ])('of /%s', async (name, text) => {
    await tell({ command: named(name), results: [done('bob')] });
    expect(textsOf('bob')).toEqual([text]);
  });

  it('say the end in UTC, up to the full minute', async () => {
    await tell();
    expect(textsOf('bob')).toEqual(['You were muted in Moonlight Guild until 2026-11-22 22:10 UTC.']);
  });

  it('say that something has no end', async () => {
    await tell({ command: named('ban'), results: [done('bob', { until: { at: PERMANENT } })] });
    expect(textsOf('bob')).toEqual(['You were banned from Moonlight Guild permanently.']);
  });

  it('say the end of what mostly has none on a line of its own', async () => {
    await tell({ command: named('promote') });
    expect(textsOf('bob')).toEqual([
      'You are now an admin of Moonlight Guild.\nThis lasts until 2026-11-22 22:10 UTC.',
    ]);
  });

  it('say the reason', async () => {
    await tell({ command: named('warn'), results: [done('bob')], reason: 'Spam, twice' });
    expect(textsOf('bob')).toEqual(['You were warned in Moonlight Guild.\nReason: Spam, twice']);
  });

  it('call a group without a name by its identifier', async () => {
    await tell({ group: { ...guild, name: '' }, command: named('warn'), results: [done('bob')] });
    expect(textsOf('bob')).toEqual(['You were warned in guild.']);
  });

  it('say what was taken back', async () => {
    await tell({ command: named('undo'), undone: 'mute', results: [done('bob')], reason: 'A mistake' });
    expect(textsOf('bob')).toEqual(['A moderator lifted your mute in Moonlight Guild.\nReason: A mistake']);
  });

  it('are in the language of the settings', async () => {
    for (const language of locales) await tell({ reason: 'x', settings: { tell: 'system', language } });
    expect(textsOf('bob')).toEqual([
      'You were muted in Moonlight Guild until 2026-11-22 22:10 UTC.\nReason: x',
      '你在 Moonlight Guild 已被禁言（至 2026-11-22 22:10 UTC）。\n原因：x',
      'Moonlight Guild에서 뮤트되었습니다(2026-11-22 22:10 UTC까지).\n사유: x',
      'Moonlight Guild でミュートされました（2026-11-22 22:10 UTC まで）。\n理由：x',
    ]);
  });

  property.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })], { numRuns: 30 })(
    'keep what people wrote to one line each, without control characters',
    async (name, reason) => {
      await tell({
        group: { ...guild, name: `x${name}` },
        command: named('warn'),
        results: [done('erin')],
        reason: `x${reason}`,
      });
      const lines = (textsOf('erin').at(-1) ?? '').split('\n');
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    },
  );

  it.each(['"', '梅', 'x'])(
    'are cut to what a message holds, with a reason of many %s',
    async (character) => {
      await tell({ reason: character.repeat(20_000), settings: { tell: 'message', language: 'en' } });
      await tell({ reason: character.repeat(20_000) });
      expect(textsOf('bob')).toHaveLength(2);
      for (const text of textsOf('bob')) {
        expect(text.endsWith(`${character}…`)).toBe(true);
        // The older limit, which the newer one includes.
        expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(8_000);
      }
    },
  );
});

describe('a notice', () => {
  it('goes to all members with the same words at once, and a message to those who have left', async () => {
    await service.leave('guild', 'carol');
    const results = [
      done('bob', { until }),
      done('carol', { until }),
      done('dave', { until: { at: until.at + 30 } }),
    ];
    await tell({ results });
    expect(calls()).toEqual(['get_role_in_group', 'send_group_system_notification', 'batchsendmsg']);
    expect(service.world.inbox('bob')).toMatchObject([{ from: 'administrator', group: 'guild' }]);
    expect(service.world.inbox('dave')).toMatchObject([{ from: 'administrator', group: 'guild' }]);
    const [letter] = service.world.inbox('carol');
    expect(letter).toMatchObject({ from: 'administrator', text: textsOf('bob')[0] });
    expect(letter).not.toHaveProperty('group');
    expect(warnings).toEqual([]);
  });

  it('is not looked up again where the command has just read who is a member', async () => {
    await tell({
      results: [done('bob', { until }), done('gone', { until })],
      known: [
        { account: 'bob', role: 'Member' },
        { account: 'gone', role: null },
      ],
    });
    expect(calls()).toEqual(['send_group_system_notification', 'batchsendmsg']);
  });

  it('differs where the end does', async () => {
    await tell({ results: [done('bob', { until }), done('dave')] });
    expect(textsOf('dave')).toEqual(['You were muted in Moonlight Guild permanently.']);
    expect(textsOf('bob')).not.toEqual(textsOf('dave'));
  });

  it.each(['kick', 'ban'])('is a message after a %s, without a look at who is inside', async (name) => {
    await tell({ command: named(name) });
    expect(calls()).toEqual(['batchsendmsg']);
    expect(service.world.inbox('bob')).toHaveLength(1);
  });

  it('is a message in a live room, where no member can be named', async () => {
    await tell({ group: live });
    expect(calls()).toEqual(['batchsendmsg']);
    expect(textsOf('bob')).toEqual(['You were muted in Live from the Arena until 2026-11-22 22:10 UTC.']);
  });

  it('is a message for everybody where the settings say so', async () => {
    await tell({ settings: { tell: 'message', language: 'en' }, results: [done('bob'), done('dave')] });
    expect(calls()).toEqual(['batchsendmsg']);
    expect(service.requests[0]?.body).toMatchObject({ To_Account: ['bob', 'dave'], SyncOtherMachine: 2 });
  });

  it('is not sent where the settings say so', async () => {
    await tell({ settings: { tell: 'off', language: 'en' } });
    expect(calls()).toEqual([]);
  });

  it('tells nobody of what was not done, or was done to the group', async () => {
    const outcomes = ['refused', 'failed', 'preview', 'answer'] as const;
    await tell({ results: [...outcomes.map((outcome) => ({ ...done('bob'), outcome })), done('guild')] });
    expect(calls()).toEqual([]);
  });

  it('takes as many calls as there are lists of 500', async () => {
    const accounts = Array.from({ length: 501 }, (_, index) => `user${index}`);
    for (const account of accounts) service.world.addMember('guild', account);
    await tell({ results: accounts.map((account) => done(account)) });
    expect(calls().filter((name) => name === 'send_group_system_notification')).toHaveLength(2);
    await tell({ results: accounts.map((account) => done(account)), command: named('kick') });
    expect(calls().filter((name) => name === 'batchsendmsg')).toHaveLength(2);
    expect(accounts.every((account) => service.world.inbox(account).length === 2)).toBe(true);
  });
});

describe('a failure', () => {
  it.each([
    ['send_group_system_notification', 'mute'],
    ['batchsendmsg', 'kick'],
  ] as const)('of %s is logged, without secrets', async (endpoint, name) => {
    service.faults.next(endpoint, { kind: 'code', code: 10_007 });
    await tell({ command: named(name), reason: 'secret business' });
    expect(warnings.map(({ fields }) => fields)).toEqual([
      { endpoint, group: 'guild', kind: 'code', code: 10_007 },
    ]);
    expect(service.world.inbox('bob')).toEqual([]);
  });

  it('to reach an account is logged with the account', async () => {
    await tell({ command: named('ban'), results: [done('bob'), done('nobody')] });
    expect(warnings.map(({ fields }) => fields)).toEqual([
      { endpoint: 'batchsendmsg', group: 'guild', failed: [{ To_Account: 'nobody', ErrorCode: 70_107 }] },
    ]);
    expect(service.world.inbox('bob')).toHaveLength(1);
  });

  it('to see who is inside sends messages instead', async () => {
    service.faults.next('get_role_in_group', { kind: 'code', code: 10_003 });
    await tell();
    expect(service.world.inbox('bob')[0]).not.toHaveProperty('group');
    expect(service.world.inbox('bob')).toHaveLength(1);
    expect(warnings[0]?.fields).toMatchObject({ endpoint: 'get_role_in_group', code: 10_003 });
  });

  it.each([
    ['send_group_system_notification', 'mute'],
    ['batchsendmsg', 'kick'],
  ] as const)('that may be a lost answer of %s does not tell twice', async (endpoint, name) => {
    service.faults.next(endpoint, { kind: 'reset', when: 'after' });
    await tell({ command: named(name) });
    expect(service.world.inbox('bob')).toHaveLength(1);
    expect(warnings).toHaveLength(1);
  });

  it('of the program itself is logged, too', async () => {
    const broken: Chat = { ...chat, call: () => Promise.reject(new Error('broken')) };
    notifier = createNotifier({ chat: broken, logger });
    await tell();
    expect(warnings).toMatchObject([{ fields: { group: 'guild', err: new Error('broken') } }]);
  });
});

describe('tell', () => {
  it('returns at once; settle waits for everybody', async () => {
    service.faults.next('batchsendmsg', { kind: 'slow', ms: 50 });
    const told: Notice = {
      command: named('kick'),
      group: guild,
      results: [done('bob')],
      reason: undefined,
      settings: { tell: 'system', language: 'en' },
    };
    void notifier.notify(told);
    void notifier.notify({ ...told, results: [done('dave')] });
    expect(calls()).toEqual([]);
    await notifier.settle();
    expect([textsOf('bob'), textsOf('dave')].map((texts) => texts.length)).toEqual([1, 1]);
    await notifier.settle();
  });
});
