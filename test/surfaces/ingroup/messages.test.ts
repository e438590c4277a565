// Quoted messages, mentions in real groups, and what live rooms remember.
import { describe, expect, test } from 'vitest';
import { startInGroup } from './harness.ts';

const quoting = (quote: object) => ({
  cloudCustomData: JSON.stringify({ messageReply: { version: 1, messageAbstract: 'forged', ...quote } }),
});

describe('a quoted message', () => {
  test('names the member and the message, by what Chat says of it', async () => {
    const { say, heard, chat } = await startInGroup();
    const { MsgSeq: seq } = await say('guild', 'bob', 'buy gold');
    // The quote claims another sender: only its number counts.
    await say('guild', 'alice', '/mute 1h spam', quoting({ messageSequence: seq, messageSender: 'dave' }));
    expect((await heard('alice'))[0]).toContain('Bob (bob) is muted');
    expect(chat.world.isMuted('guild', 'dave')).toBe(false);
    await say('guild', 'alice', '/recall', quoting({ messageSequence: seq }));
    await heard('alice');
    expect(chat.world.group('guild').message(seq ?? 0)?.state).toBe('recalled');
  });

  test('is found by sender and time where there is no number', async () => {
    const { say, heard, chat } = await startInGroup();
    const { MsgSeq: seq = 0 } = await say('guild', 'dave', 'spam spam');
    const time = chat.world.group('guild').message(seq)?.time;
    await say('guild', 'alice', '/recall', quoting({ messageSender: 'dave', messageTime: time }));
    await heard('alice');
    expect(chat.world.group('guild').message(seq)?.state).toBe('recalled');
  });

  test.each([
    ['a number that does not exist', { messageSequence: 999 }],
    ['an ID that nobody told of', { messageID: '144115217363870632-1647417469-74812705' }],
    ['nothing', {}],
  ])('that cannot be found, by %s, does nothing', async (_name, quote) => {
    const { say, heard, changes } = await startInGroup();
    await say('guild', 'alice', '/mute 1h', quoting(quote));
    expect((await heard('alice'))[0]).toContain('not to be found');
    expect(changes()).toEqual([]);
  });

  test('adds nothing to a line that names its target', async () => {
    const { say, heard, chat } = await startInGroup();
    const { MsgSeq: seq } = await say('guild', 'dave', 'hello');
    await say('guild', 'alice', '/mute @bob 60', quoting({ messageSequence: seq }));
    await heard('alice');
    expect(chat.world.isMuted('guild', 'bob')).toBe(true);
    expect(chat.world.isMuted('guild', 'dave')).toBe(false);
  });
});

describe('mentions', () => {
  test('a name card of several words', async () => {
    const { say, heard, chat } = await startInGroup();
    chat.world.addMember('guild', 'u7', { nameCard: 'Wendy the Welder' });
    await say('guild', 'alice', '/mute @Wendy the Welder 1h spam');
    expect((await heard('alice'))[0]).toContain('u7');
    expect(chat.world.isMuted('guild', 'u7')).toBe(true);
  });

  test('a nickname', async () => {
    const { say, heard, chat } = await startInGroup();
    await say('guild', 'alice', '/mute @李梅 1h spam');
    await heard('alice');
    expect(chat.world.isMuted('guild', 'mei')).toBe(true);
  });

  test('twins are told apart by what the message lists, or not at all', async () => {
    const { say, heard, chat } = await startInGroup();
    await say('guild', 'alice', '/mute @Shadow 60');
    expect((await heard('alice'))[0]).toMatch(/several|Shadow/);
    expect([chat.world.isMuted('guild', 'frank'), chat.world.isMuted('guild', 'grace')]).toEqual([
      false,
      false,
    ]);
  });
});

describe('a live room', () => {
  test('remembers who wrote what, so that an admin may take back what members wrote, and not what the owner did', async () => {
    const { say, heard, chat } = await startInGroup();
    chat.world.addMember('live', 'olivia');
    await say('live', 'dave', 'spam');
    await say('live', 'olivia', 'welcome');
    await heard('alice');
    await say('live', 'alice', '/recall last 2');
    expect((await heard('alice'))[0]).toContain('by dave was recalled: spam');
    const states = chat.world
      .messages('live')
      .slice(-2)
      .map(({ state }) => state);
    expect(states).toEqual(['recalled', 'normal']);
  });

  test('keeps the last 1,000 messages, once each, whatever the order', async () => {
    const { recent } = await startInGroup();
    const sent = (MsgSeq: number) => ({
      MsgSeq,
      From_Account: 'bob',
      MsgTimeStamp: 1,
      MsgBody: [],
      IsPlaceMsg: undefined,
      IsSystemMsg: undefined,
    });
    for (let seq = 1; seq <= 1_500; seq += 1) {
      recent.note('room', sent(seq % 2 === 0 ? seq - 1 : seq + 1));
      recent.note('room', sent(seq % 2 === 0 ? seq - 1 : seq + 1));
    }
    const seqs = recent.of('room').map(({ MsgSeq }) => MsgSeq);
    expect(seqs).toHaveLength(1_000);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    expect(seqs[0]).toBe(1_500);
    recent.recalled('room', [1_500]);
    expect(recent.of('room')[0]).toMatchObject({ IsPlaceMsg: 2 });
    recent.forget('room');
    expect(recent.of('room')).toEqual([]);
  });
});
