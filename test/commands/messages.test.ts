// /messages, and what is seen of messages before they are taken back: excerpts, questions, suggestions, cases.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locales } from '../../src/i18n/locale.ts';
import { plainStyle } from '../../src/i18n/plain-style.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { asText, present } from '../../src/surfaces/present.ts';
import { type App, english, granted, startApp } from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
  app.chat.world.addGroup({ id: 'lobby', type: 'Public', name: 'Lobby', owner: 'olivia' });
  for (const account of ['bob', 'grace', 'alice']) app.chat.world.addMember('lobby', account);
});
afterEach(() => app.close());

const say = (from: string, text: string) => app.chat.world.addMessage('lobby', { from, text }).seq;
const type = (line: string, options: Parameters<App['type']>[1] = {}) =>
  app.type(line, { group: 'lobby', ...options });
const numbersIn = (text: string) =>
  text
    .split('\n')
    .map((line) => /^(\d+) · /.exec(line)?.[1])
    .filter((seq) => seq !== undefined)
    .map(Number);

describe('/messages', () => {
  it('shows numbers, senders, times and texts, the latest last', async () => {
    say('bob', 'Did you draw this?');
    const seq = say('grace', 'No, me.');
    const text = english(await type('/messages'));
    expect(text).toMatch(/^Lobby \(lobby\): 2 messages\n/);
    expect(text).toMatch(new RegExp(`\n${seq} · \\d{4}-\\d\\d-\\d\\dT\\S+ · grace: No, me\\.$`));
  });

  it('pages to the beginning, each message once', async () => {
    const said = Array.from({ length: 53 }, (_, index) => say('bob', `line ${index}`));
    const seen: number[] = [];
    let before: string | undefined;
    do {
      const page = await type(`/messages${before === undefined ? '' : ` before:${before}`}`);
      seen.unshift(...numbersIn(english(page)));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(said);
  });

  it('of one member, around one message, and so many', async () => {
    const said = Array.from({ length: 60 }, (_, index) =>
      say(index % 30 === 0 ? 'grace' : 'bob', `${index}`),
    );
    expect(numbersIn(english(await type('/messages @grace')))).toEqual([said[0], said[30]]);
    const around = numbersIn(english(await type(`/messages around:${said[30]} last:4`)));
    expect(around).toEqual(said.slice(29, 33));
    expect(numbersIn(english(await type('/messages last:3')))).toEqual(said.slice(-3));
  });

  it('says what was taken back, and what shows no text', async () => {
    const seq = say('bob', 'gone');
    await type(`/recall ${seq}`);
    const shown = app.chat.world.addMessage('lobby', { from: 'grace', text: 'an emoji' });
    shown.body = [{ MsgType: 'TIMFaceElem', MsgContent: { Index: 1, Data: '' } }];
    const text = english(await type('/messages'));
    expect(text).toContain('bob: (taken back)');
    expect(text).toContain('grace: (an emoji)');
  });

  it('in a live room, only what the webhooks told of', async () => {
    expect((await app.type('/messages', { group: 'live' })).message.id).toBe('messages.liveRoom');
    app.recent.note('live', {
      From_Account: 'bob',
      MsgSeq: 7,
      MsgTimeStamp: 1_700_000_000,
      MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'hello' } }],
      IsPlaceMsg: undefined,
      IsSystemMsg: undefined,
    });
    expect(english(await app.type('/messages', { group: 'live' }))).toContain('bob: hello');
  });

  it.each(['last:0', 'last:51', 'around:x', 'before:-1'])('refuses %s', async (option) => {
    expect((await type(`/messages ${option}`)).kind).toBe('refused');
  });

  it.each(locales)('in %s', async (locale) => {
    say('grace', 'No, me.');
    const shown = asText(present(await type('/messages'), createTranslator(locale, plainStyle)));
    expect(shown).toContain('grace');
    expect(shown).toContain('No, me.');
  });

  it('takes lookup', async () => {
    expect((await type('/messages', { as: granted(3, ['recall']) })).message.id).toBe('refused.capability');
  });
});

describe('before messages are taken back', () => {
  it('a dry run shows whose and what they are', async () => {
    const seq = say('grace', 'No, me.');
    const recalled = english(await type(`/recall ${seq} --dry-run`));
    expect(recalled).toBe(`Dry run, nothing was sent: ${seq} by grace: No, me..`);
    for (let index = 0; index < 7; index += 1) say('bob', `spam ${index}`);
    const purged = english(await type('/purge @bob --dry-run'));
    expect(purged).toContain('bob: 7 messages among the latest 1,000');
    expect(purged.match(/by bob: spam/g)).toHaveLength(5);
    expect(purged).toContain('… and 2 more');
    expect(app.changes()).toEqual([]);
  });

  it('a purge says how many it took', async () => {
    for (let index = 0; index < 3; index += 1) say('bob', `spam ${index}`);
    expect(english(await type('/purge @bob'))).toContain('The 3 messages that bob wrote');
    expect(english(await type('/purge @bob'))).toContain('bob had written nothing');
  });

  it('completion shows the last 25, for whoever may take them back', async () => {
    const seq = say('grace', 'No, me.');
    const about = { command: 'recall', option: 'messages', typed: '', group: 'lobby' };
    const suggestions = await app.moderation.completion.suggest({ ...about, actor: granted() });
    expect(suggestions[0]).toEqual({ label: `${seq} grace: No, me.`, value: `${seq}` });
    for (let index = 0; index < 30; index += 1) say('bob', `spam ${index}`);
    const none = await app.moderation.completion.suggest({ ...about, actor: granted(3, ['mute']) });
    expect(none).toEqual([]);
  });

  it('the case says whose they were and what they said', async () => {
    const seq = say('grace', 'No, me.');
    await type(`/recall ${seq}`);
    expect(english(await type('/case view 1'))).toContain(`${seq} by grace: No, me.: done`);
  });
});
