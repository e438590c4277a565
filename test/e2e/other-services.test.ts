// Chat services that behave otherwise where the documentation is silent, or that lack newer calls.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, memberActor, startApp } from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

describe('a service without get_specified_group_member_info', () => {
  it.each([10_003, 60_009])('answers %i, and the member list is read instead', async (code) => {
    app.chat.faults.next('get_specified_group_member_info', { kind: 'code', code }, 10);
    expect((await app.type('/mute @bob 60')).kind).toBe('done');
    expect((await app.type('/mute @nobody 60')).message.id).toBe('refused.unknownMember');
    expect((await app.type('/mute @olivia 60')).message.id).toBe('refused.owner');
    expect((await app.type('/mute @erin 60', { as: memberActor('alice') })).kind).toBe('done');
  });
});

describe('a service that refuses a list over one account', () => {
  it.each([10_004, 10_019, 20_003])('answers %i, and each is asked for alone', async (code) => {
    app.chat.faults.next('get_specified_group_member_info', { kind: 'code', code });
    const outcome = await app.type('/mute @bob @dave 60');
    expect(outcome.results.map((result) => result.outcome)).toEqual(['done', 'done']);
    app.chat.faults.next('get_specified_group_member_info', { kind: 'code', code });
    expect((await app.type('/mute @erin 60')).message.id).toMatch(/^refused\./);
  });
});

describe('a name that cannot be an account', () => {
  it('is not sent as one', async () => {
    expect((await app.type('/kick 梅')).kind).toBe('done');
    const asked = app.chat.requests.filter((one) => one.endpoint === 'get_specified_group_member_info');
    expect(JSON.stringify(asked)).not.toContain('梅');
  });
});

describe('an edition without bans or live admins', () => {
  it('still looks up who somebody is', async () => {
    app.chat.faults.next('get_group_ban_member', { kind: 'code', code: 10_007 }, 5);
    expect((await app.type('/whois @mallory')).kind).toBe('answer');
    expect((await app.type('/unban @mallory')).kind).toBe('failed');
  });

  it.each([10_007, 10_059, 10_003])('get_admin_list answers %i', async (code) => {
    app.chat.faults.next('get_admin_list', { kind: 'code', code });
    expect((await app.type('/mute @bob 60', { group: 'live' })).kind).toBe('done');
  });
});
