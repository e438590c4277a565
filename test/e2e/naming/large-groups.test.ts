// Groups with many members: what a name costs, what is said where it cannot be sure, and what completion reads.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, english, granted, startApp } from '../../support/app.ts';

let app: App;
let calls: string[];
beforeEach(async () => {
  app = await startApp();
  calls = [];
  app.chat.onRequest(({ endpoint }) => calls.push(endpoint));
});
afterEach(() => app.close());

/** Lets members join until the group has so many. */
function fill(count: number, nameCardOf = (index: number) => `card ${index}`): void {
  const { world } = app.chat;
  const members = world.group('guild').members.size;
  for (let index = members; index < count; index += 1) {
    world.addMember('guild', `m${index}`, { nameCard: nameCardOf(index) });
  }
}

const complete = (typed: string, option = 'member', command = 'kick') =>
  app.moderation.completion.suggest({ actor: granted(), command, option, typed, group: 'guild' });

describe('a name card', () => {
  it('of the last of many members is found, and a twin on the last page is no less', async () => {
    fill(1_050, (index) => (index === 1_049 ? 'the last' : `card ${index}`));
    expect(english(await app.type('/kick "the last"'))).toContain('m1049');
    app.chat.world.addMember('guild', 'zoe', { nameCard: 'card 20' });
    expect(english(await app.type('/kick "card 20"'))).toMatch(/m20.*zoe.*Name the account/);
  });

  it('in a group that is too large to be searched is refused without reading it', async () => {
    fill(6_001);
    await app.type('/kick @m30');
    calls = [];
    const outcome = await app.type('/kick "card 6000"');
    expect(outcome.kind).toBe('refused');
    expect(english(outcome)).toContain('more than 6,000 members');
    expect(calls).not.toContain('get_group_member_info');
    expect((await app.type('/kick @m6000')).kind).toBe('done');
  });

  it('that was seen there lately is told with its account', async () => {
    fill(6_001);
    await app.type('/whois @m40');
    expect(english(await app.type('/kick "card 40"'))).toMatch(/known with this name: m40/);
  });
});

it('looks for similar names for a few of many unknown names', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `bop${index}`);
  app.chat.world.addMember('guild', 'bop');
  const said = english(await app.type(`/kick ${names.map((name) => `"${name}"`).join(', ')}`));
  expect(said.match(/Did you mean/g)).toHaveLength(5);
});

describe('completion', () => {
  it('knows the members of large groups', async () => {
    fill(1_500);
    expect((await complete('m1499')).map(({ value }) => value)).toEqual(['@m1499']);
  });

  it('reads once for keystrokes that come while it reads', async () => {
    await Promise.all(['b', 'bo', 'bob'].map((typed) => complete(typed)));
    expect(calls.filter((endpoint) => endpoint === 'get_group_member_info')).toHaveLength(1);
    await Promise.all(['g', 'gu', 'gui', 'guil'].map((typed) => complete(typed, 'group')));
    expect(calls.filter((endpoint) => endpoint === 'get_appid_group_list')).toHaveLength(1);
  });

  it('reads again after a list that could not be read', async () => {
    app.chat.faults.next('get_group_member_info', { kind: 'code', code: 10_004 });
    expect(await complete('bob')).toEqual([]);
    expect((await complete('bob')).map(({ value }) => value)).toContain('@bob');
  });
});
