// Commands that people type in Chat: who may, what becomes of the text, and who hears what.
import { describe, expect, test } from 'vitest';
import { settingsWith } from '../../support/app.ts';
import { admin, everywhere, startInGroup } from './harness.ts';

/** One group of every type; a Work group has no mutes, so that its owner kicks. */
const groups = [
  ['guild', '/mute @bob 1h spam'],
  ['arena', '/mute @bob 1h spam'],
  ['@TGS#_lounge', '/mute @bob 1h spam'],
  ['live', '/mute @bob 1h spam'],
  ['team', '/kick @bob spam'],
] as const;

describe.each(groups)('in %s, %s', (group, line) => {
  const isDone = (world: Awaited<ReturnType<typeof startInGroup>>['chat']['world']) =>
    line.startsWith('/mute') ? world.isMuted(group, 'bob') : world.member(group, 'bob') === undefined;

  test('the owner is obeyed, hears it alone, and the text never appears', async () => {
    const { say, heard, chat, texts, surface } = await startInGroup();
    // The owner of a live room need not be inside.
    if (group === 'live') chat.world.addMember('live', 'olivia');
    const before = texts(group);
    expect(await say(group, 'olivia', line)).toMatchObject({ ErrorCode: 0 });
    expect(await heard('olivia')).toEqual([expect.stringMatching(/bob/)]);
    expect(isDone(chat.world)).toBe(true);
    expect(texts(group).filter((text) => !before.includes(text) && text.includes('spam'))).toEqual([]);
    expect(await heard('alice')).toEqual([]);
    expect(surface.counts).toMatchObject({ taken: 1, unheard: 0, failed: 0 });
  });

  test('an ordinary member hears why not', async () => {
    const { say, heard, chat, texts } = await startInGroup();
    await say(group, 'dave', line.replace('@bob', '@carol'));
    const [said = ''] = await heard('dave');
    expect(said).toMatch(/You may not use \/(mute|kick)/);
    expect(chat.world.group(group).mutes.has('carol')).toBe(group === 'guild');
    expect(chat.world.group(group).has('carol')).toBe(true);
    expect(texts(group).join('')).not.toContain('@carol');
  });

  test('a stranger is refused one-to-one', async () => {
    const { whisper, heard, chat } = await startInGroup();
    await whisper('mallory', `${line.replace(' spam', '')} group:${group} spam`);
    expect((await heard('mallory')).join('')).toMatch(/You may not use/);
    expect(isDone(chat.world)).toBe(false);
  });
});

describe('an admin', () => {
  test.each(['guild', 'arena', '@TGS#_lounge', 'live'])(
    'of %s mutes members, and not the owner',
    async (group) => {
      const { say, heard, chat } = await startInGroup();
      await say(group, 'alice', '/mute @dave 60');
      await say(group, 'alice', '/mute @olivia 60');
      const said = await heard('alice');
      expect(said).toEqual([expect.stringContaining('muted'), expect.stringContaining('owner')]);
      expect(chat.world.isMuted(group, 'dave')).toBe(true);
      expect(chat.world.isMuted(group, 'olivia')).toBe(false);
    },
  );

  test('who was demoted is refused from the next command on', async () => {
    const { say, heard, chat } = await startInGroup();
    await say('guild', 'alice', '/mute @bob 60');
    expect(await heard('alice')).toHaveLength(1);
    const alice = chat.world.member('guild', 'alice');
    if (alice !== undefined) alice.role = 'Member';
    await say('guild', 'alice', '/mute @dave 60');
    expect((await heard('alice')).join('')).toContain('You may not use /mute here.');
    expect(chat.world.isMuted('guild', 'dave')).toBe(false);
  });
});

describe('what is no command', () => {
  test.each([
    '/shrug',
    '/mutes @bob',
    'hello',
    'mute @bob 60',
    'see /mute @bob 60',
    '//mute @bob 60',
    '/ mute @bob',
    '/',
    '',
  ])('%j passes untouched', async (text) => {
    const { say, heard, texts } = await startInGroup();
    expect(await say('guild', 'alice', text)).toMatchObject({ ErrorCode: 0 });
    expect(await heard('alice')).toEqual([]);
    expect(texts('guild').at(-1)).toContain(JSON.stringify(text).slice(1, -1));
  });

  test.each([' /mute @bob 60', '／mute @bob 60', '/禁言 @bob 60', '/MUTE @bob 60'])(
    '%j is one',
    async (text) => {
      const { say, heard, chat } = await startInGroup();
      await say('guild', 'alice', text);
      expect(await heard('alice')).toHaveLength(1);
      expect(chat.world.isMuted('guild', 'bob')).toBe(true);
    },
  );

  test('a backend that writes in the owner’s name', async () => {
    const { chat, heard, texts, surface } = await startInGroup();
    const { sandboxClient } = await import('../../support/client.ts');
    const backend = sandboxClient(chat.url);
    const body = [{ MsgType: 'TIMTextElem', MsgContent: { Text: '/mute @bob 60' } }];
    await backend.call('send_group_msg', {
      GroupId: 'guild',
      From_Account: 'olivia',
      Random: 5,
      MsgBody: body,
    });
    await backend.call('sendmsg', { From_Account: 'olivia', To_Account: admin, MsgRandom: 6, MsgBody: body });
    await backend.close();
    expect(await heard('olivia')).toEqual([]);
    expect(chat.world.isMuted('guild', 'bob')).toBe(false);
    expect(texts('guild').at(-1)).toContain('/mute @bob 60');
    expect(surface.counts.taken).toBe(0);
  });

  test('a one-to-one message to somebody else', async () => {
    const { chat, heard } = await startInGroup();
    await chat.whisper('olivia', 'alice', '/mute @bob 60');
    expect(await heard('olivia')).toEqual([]);
    expect(chat.world.inbox('alice').map(({ text }) => text)).toEqual(['/mute @bob 60']);
  });
});

describe('where', () => {
  const named = settingsWith({}, { arena: {} });

  test('only in groups that something names, unless the settings say all', async () => {
    const { say, heard, texts } = await startInGroup({ settings: named, inGroup: { defaultGroup: 'guild' } });
    for (const group of ['guild', 'arena', '@TGS#_lounge']) await say(group, 'olivia', '/mute @bob 60');
    expect(await heard('olivia')).toHaveLength(2);
    expect(texts('@TGS#_lounge').at(-1)).toContain('/mute @bob 60');
  });

  test('also where a case names the group, as soon as there is one', async () => {
    const { say, heard, type } = await startInGroup({ settings: settingsWith({}) });
    await say('arena', 'olivia', '/mute @bob 60');
    expect(await heard('olivia')).toEqual([]);
    await type('/mute @dave 60', { group: 'arena' });
    await expect
      .poll(async () => {
        await say('arena', 'olivia', '/mute @bob 60');
        return (await heard('olivia')).length;
      })
      .toBeGreaterThan(0);
  });

  test('nowhere where the settings switch it off', async () => {
    const settings = settingsWith({ inGroup: { groups: 'off', refuse: false, reply: 'message' } });
    const { say, heard } = await startInGroup({
      settings,
      inGroup: { defaultGroup: 'guild', everywhere: true },
    });
    await say('guild', 'olivia', '/mute @bob 60');
    expect(await heard('olivia')).toEqual([]);
  });
});

describe('how it is kept away and answered', () => {
  test('with a code and a sentence where the settings say so', async () => {
    const settings = everywhere({ refuse: true });
    const { say, heard, chat } = await startInGroup({ settings });
    expect(await say('guild', 'olivia', '/mute @bob 60')).toEqual({
      ErrorCode: 10_101,
      ErrorInfo:
        'The bot reads this command; it does not appear in the group. The answer comes to you alone.',
    });
    expect(await heard('olivia')).toHaveLength(1);
    expect(chat.world.isMuted('guild', 'bob')).toBe(true);
  });

  test.each([
    ['guild', true],
    ['live', false],
  ])('by a notice in %s where the settings say so and the type can', async (group, isNotice) => {
    const { say, heard, chat } = await startInGroup({ settings: everywhere({ reply: 'system' }) });
    await say(group, 'alice', '/mute @bob 60');
    expect(await heard('alice')).toHaveLength(1);
    expect(chat.world.inbox('alice').map((notice) => notice.group === group)).toEqual([isNotice]);
  });

  test('an answer that Chat does not accept is counted and logged', async () => {
    const { say, heard, chat, surface, logged } = await startInGroup();
    chat.faults.next('sendmsg', { kind: 'code', code: 90_012 }, 10);
    await say('guild', 'alice', '/members');
    expect(await heard('alice')).toEqual([]);
    expect(surface.counts.unheard).toBe(1);
    expect(logged.join('')).toContain('could not be sent');
  });

  test('a long answer comes in pieces', async () => {
    const { say, heard, chat } = await startInGroup();
    for (let index = 0; index < 90; index += 1) {
      chat.world.addMember('guild', `a-very-long-account-name-${index}`, { nameCard: '梅'.repeat(16) });
    }
    await say('guild', 'alice', '/members');
    const parts = await heard('alice');
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(5_000);
    for (let index = 0; index < 80; index += 1)
      expect(parts.join('\n')).toContain(`a-very-long-account-name-${index}`);
  });

  test('a flood is answered once a minute', async () => {
    const { say, heard, surface } = await startInGroup();
    for (let index = 0; index < 60; index += 1) await say('guild', 'dave', `/mute @bob ${index + 1}`);
    const said = await heard('dave');
    expect(said.filter((text) => text.includes('too many'))).toHaveLength(1);
    expect(said).toHaveLength(31);
    expect(surface.counts.taken).toBe(30);
  });
});

describe('one-to-one', () => {
  test('the group is the one named, then the one named last, then the usual one', async () => {
    const { whisper, heard, chat } = await startInGroup({ inGroup: { defaultGroup: 'guild' } });
    await whisper('alice', '/mute @bob 60');
    expect((await heard('alice'))[0]).toMatch(/^Bob \(bob\) is muted.*Group: guild/s);
    await whisper('alice', '/mute @taro 60 group:arena');
    expect((await heard('alice'))[0]).toContain('Group: arena');
    await whisper('alice', '/mute @dave 60');
    expect((await heard('alice'))[0]).toContain('Group: arena');
    expect(chat.world.isMuted('arena', 'dave')).toBe(true);
    expect(chat.world.isMuted('guild', 'dave')).toBe(false);
  });

  test('where several are possible, the answer lists them', async () => {
    const { whisper, heard } = await startInGroup({
      settings: settingsWith({}, { guild: {}, arena: {}, live: {} }),
    });
    await whisper('alice', '/mute @bob 60');
    expect(await heard('alice')).toEqual([expect.stringMatching(/Which group\?.*group:guild.*guild.*arena/)]);
    await whisper('ken', '/mute @bob 60');
    expect((await heard('ken'))[0]).toContain('Group: guild');
    await whisper('mallory', '/mute @bob 60');
    expect((await heard('mallory'))[0]).toContain('You are in no group');
  });

  test('the message stands as it was written, and /help needs no group', async () => {
    const { whisper, heard, chat } = await startInGroup();
    await whisper('mallory', '/help');
    expect((await heard('mallory')).join('')).toContain('/mute');
    expect(chat.world.inbox(admin).map(({ text }) => text)).toEqual(['/help']);
  });
});

describe('questions', () => {
  test.each([
    ['the code', (code: string) => `/confirm ${code}`],
    ['the word', () => 'Confirm'],
    ['/confirm alone', () => '/confirm'],
  ])('%s goes ahead', async (_name, answer) => {
    const { say, heard, chat, texts } = await startInGroup();
    await say('guild', 'olivia', '/ban @bob 7d raid');
    const [question = ''] = await heard('olivia');
    const code = /\/confirm (\w+)/.exec(question)?.[1] ?? '';
    expect(code).toHaveLength(6);
    expect(chat.world.isBanned('guild', 'bob')).toBe(false);
    await say('guild', 'olivia', answer(code));
    expect((await heard('olivia'))[0]).toContain('banned');
    expect(chat.world.isBanned('guild', 'bob')).toBe(true);
    expect(texts('guild').join('').toLowerCase()).not.toContain('confirm');
  });

  test('a choice is made by its word, and means what was asked', async () => {
    const { say, heard, chat } = await startInGroup();
    const before = chat.world.group('guild').mutes.get('carol') ?? 0;
    await say('guild', 'alice', '/mute @carol 1h');
    expect((await heard('alice'))[0]).toMatch(/Extend.*Until.*Replace/s);
    await say('guild', 'alice', 'extend');
    expect((await heard('alice'))[0]).toContain('muted');
    expect(chat.world.group('guild').mutes.get('carol')).toBe(before + 3_600);
  });

  test('nobody answers for another, a wrong code does nothing, and cancel cancels', async () => {
    const { say, heard, chat, texts } = await startInGroup();
    await say('guild', 'olivia', '/ban @bob 7d');
    const code = /\/confirm (\w+)/.exec((await heard('olivia'))[0] ?? '')?.[1] ?? '';
    await say('guild', 'alice', `/confirm ${code}`);
    expect((await heard('alice'))[0]).toContain('no such question');
    await say('guild', 'alice', 'confirm');
    expect(texts('guild').at(-1)).toContain('confirm');
    await say('guild', 'olivia', '/confirm 000000');
    expect((await heard('olivia'))[0]).toContain('no such question');
    await say('guild', 'olivia', 'cancel');
    expect(await heard('olivia')).toHaveLength(1);
    await say('guild', 'olivia', `/confirm ${code}`);
    expect((await heard('olivia'))[0]).toContain('no such question');
    expect(chat.world.isBanned('guild', 'bob')).toBe(false);
  });
});

describe('/me', () => {
  test('shows a member what concerns them, and nothing of others', async () => {
    const { say, whisper, heard } = await startInGroup({ inGroup: { defaultGroup: 'guild' } });
    await say('guild', 'alice', '/mute @bob 1h first');
    await say('guild', 'alice', '/warn @erin rude');
    await heard('alice');
    await heard('bob');
    await whisper('bob', '/me');
    const [said = ''] = await heard('bob');
    expect(said).toMatch(/You in Moonlight Guild.*1 case/);
    expect(said).toContain('Muted until');
    expect(said).toContain('/mute');
    expect(said).not.toContain('erin');
    await say('guild', 'erin', '/me');
    expect((await heard('erin')).join('')).toMatch(/1 case.*point/s);
  });
});
