// Bad input: each is refused clearly, and nothing that changes anything reaches Chat.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { capabilities } from '../../src/moderation/capability.ts';
import { type App, english, granted, startApp } from '../support/app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());
afterEach(() => {
  expect(app.changes()).toEqual([]);
});

const longName = 'x'.repeat(51);

describe('is refused', () => {
  it.each([
    [
      '/mute @bob',
      'refused.missingOption',
      /"duration" is missing.*\/mute member duration \[already:…\] \[reason\]/,
    ],
    ['/mute', 'refused.missingOption', /"member" is missing/],
    ['/mute @bob 1M', 'duration.ambiguousMonth', /1m for minutes/],
    ['/mute @bob -5m', 'duration.negative', /above 0/],
    ['/mute @bob 0', 'duration.zero', /\/unmute/],
    ['/mute @bob 99999999d', 'duration.tooLong', /permanent/],
    ['/mute @bob soon', 'duration.unreadable', /3600/],
    ['/mute @nobody 60', 'refused.unknownMember', /"nobody"/],
    ['/mute @bobb 60', 'refused.unknownMemberDidYouMean', /Did you mean bob\?/i],
    ['/mute Shadow 60', 'refused.ambiguousMember', /frank and grace/],
    ['/mute @olivia 60', 'refused.owner', /owns this group/],
    ['/mute @administrator 60', 'refused.botAccount', /bot's own account/],
    [`/nick @bob ${longName}`, 'refused.tooManyBytes', /51 bytes in UTF-8; at most 50 are allowed/],
    ['/mute @bob 60 group:gild', 'refused.unknownGroupDidYouMean', /Did you mean guild\?/],
    ['/mute @bob 60 group:nowhere-at-all', 'refused.unknownGroup', /nowhere-at-all/],
    ['/nick @bob x', 'refused.groupType', /live room.*\/nick/, 'live'],
    ['/mute @bob 60', 'refused.groupType', /Work group.*\/mute/, 'team'],
    ['/promote @bob', 'refused.groupType', /Work group/, 'team'],
    ['/kick @bob', 'refused.groupType', /\/ban or \/mute/, 'live'],
    ['/purge @bob', 'refused.groupType', /keeps no messages/, 'live'],
    [`/mute @bob 60 ${'x'.repeat(10_240)}`, 'refused.tooLong', /10,240 characters; at most 512 are allowed/],
    ['/mut @bob 60', 'refused.unknownCommandDidYouMean', /Did you mean \/mute\?/],
    ['/notify @bob loud', 'refused.choice', /all, silent, mentions, block/],
    ['/mute <@123456789012345678> 60', 'refused.unlinkedMention', /no Chat account/],
    ['/field @bob two-words x', 'refused.key', /1 to 16/],
    ['/recall banana', 'refused.messages', /last 5/],
    ['/recall 9999', 'refused.unknownMessage', /9999/],
    ['/ban @nobody 1d', 'refused.unknownMember', /"nobody"/],
    ['/unban @nobody', 'refused.unknownMember', /"nobody"/],
  ] as const)('%.60s', async (line, id, text, group: string = 'guild') => {
    const outcome = await app.type(line, { group });
    expect({ kind: outcome.kind, id: outcome.message.id }).toEqual({ kind: 'refused', id });
    expect(outcome.requests).toEqual([]);
    expect(english(outcome)).toMatch(text);
  });

  it('oneself', async () => {
    const outcome = await app.type('/mute @bob 60', { as: granted(3, capabilities, 'bob') });
    expect(english(outcome)).toBe('You cannot mute or unmute yourself. Ask another moderator.');
  });

  it('no group at all', async () => {
    const outcome = await app.moderation.pipeline.handle({
      actor: granted(),
      command: 'lock',
      options: {},
      questions: 'confirmed',
    });
    expect(outcome.message.id).toBe('refused.noGroup');
  });

  it('an option that a surface made up', async () => {
    const outcome = await app.moderation.pipeline.handle({
      actor: granted(),
      command: 'lock',
      options: { force: 'yes' },
      questions: 'confirmed',
      defaultGroup: 'guild',
    });
    expect(outcome.message.id).toBe('refused.unknownOption');
  });
});

describe('a dry run', () => {
  it('shows the exact request, hides the usersig, and sends nothing', async () => {
    const outcome = await app.type('/mute @bob 10m spam --dry-run');
    expect(outcome.kind).toBe('preview');
    expect(outcome.requests).toEqual([
      {
        method: 'POST',
        url: expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:\d+\/v4\/group_open_http_svc\/modify_group_member_info\?sdkappid=1400000000&identifier=administrator&usersig=<hidden>&random=\d{1,10}&contenttype=json$/,
        ),
        body: { GroupId: 'guild', Member_Account: 'bob', MuteTime: 600 },
      },
    ]);
  });

  it('refuses what the command itself would refuse', async () => {
    expect((await app.type('/mute @olivia 60', { dryRun: true })).kind).toBe('refused');
  });
});
