// Tab completion: what is offered at which place of a line.
import { expect, onTestFinished, test } from 'vitest';
import { actorOf } from '../../../src/surfaces/terminal/actors.ts';
import { complete } from '../../../src/surfaces/terminal/complete.ts';
import { startApp } from '../../support/app.ts';

const everybody = [
  '@olivia',
  '@alice',
  '@ken',
  '@bob',
  '@carol',
  '@dave',
  '@erin',
  '@mei',
  '@taro',
  '@minji',
  '@frank',
  '@grace',
];
const groups = ['guild', 'team', 'arena', '@TGS#_lounge', '@TGS#_plaza', 'live'];

test.each<[string, readonly string[], string]>([
  // Commands and the prompt's own words.
  ['/mu', ['/mute ', '/muted '], '/mu'],
  ['a', ['as '], 'a'],
  ['ex', ['exit '], 'ex'],
  ['/nosuch x', [], 'x'],
  // Members, in the form in which they are begun.
  ['/mute ', everybody, ''],
  ['/mute @bo', ['@bob'], '@bo'],
  ['/mute bo', ['bob'], 'bo'],
  ['mute bo', ['bob'], 'bo'],
  ['/mute 梅', ['mei'], '梅'],
  ['/mute Shadow', [], 'Shadow'],
  ['/mute @bob @ke', ['@ken'], '@ke'],
  ['/mute bob, ke', ['ken'], 'ke'],
  ['/mute @bob,ke', ['ken'], 'ke'],
  ['/unban m', ['mallory'], 'm'],
  // Later options.
  ['/mute @bob 1', [], '1'],
  ['/notify @bob ', ['all', 'silent', 'mentions', 'block'], ''],
  ['/notify @bob @ken si', ['silent'], 'si'],
  ['/notify --member bob s', ['silent'], 's'],
  ['/members ', ['owner', 'admin', 'member'], ''],
  ['/help mu', ['mute', 'muted'], 'mu'],
  // Options by name.
  ['/kick @bob --', ['--member ', '--reason ', '--group ', '--dry-run '], '--'],
  ['/kick @bob --d', ['--dry-run '], '--d'],
  ['/kick --dry-run @bo', ['@bob'], '@bo'],
  ['/kick @bob --group te', ['team'], 'te'],
  ['/kick @bob group:ar', ['arena'], 'ar'],
  ['/kick @bob too much said', [], 'said'],
  ['/kick @bob reason:much sa', [], 'sa'],
  // Options that are only given by their name, with a colon.
  ['/mute @bob 1h al', ['already:'], 'al'],
  ['/mute @bob 1h ', ['already:', 'group:'], ''],
  ['/mute @bob 1h already:until ', ['group:'], ''],
  ['/mute @bob 1h spam al', [], 'al'],
  ['/mute al', ['alice', 'already:'], 'al'],
  ['/mute @bob 1h already:', ['extend', 'until', 'replace'], ''],
  ['/mute @bob 1h already:e', ['extend'], 'e'],
  ['/mute @bob 1h already: u', ['until'], 'u'],
  ['/promote @bob du', ['duration:'], 'du'],
  ['/warn @bob po', ['points:'], 'po'],
  ['/group s', ['show', 'scope:'], 's'],
  ['/group link scope:', ['channel', 'server'], ''],
  ['/history @bob ', ['command:', 'state:', 'before:', 'group:'], ''],
  ['/history @bob command:unb', ['unban'], 'unb'],
  ['/history @bob state:a', ['applied'], 'a'],
  ['/case list st', ['state:'], 'st'],
  // One person, who is no list of members.
  ['/why al', ['alice'], 'al'],
  ['/why @alice mu', ['mute', 'muted'], 'mu'],
  ['/why @alice mute @bo', ['@bob'], '@bo'],
  // The prompt's own words take accounts and groups.
  ['as al', ['alice'], 'al'],
  ['as op', ['operator'], 'op'],
  ['group ', groups, ''],
])('%j', async (line, values, replaced) => {
  const app = await startApp();
  onTestFinished(() => app.close());
  const typist = { moderation: app.moderation, actor: actorOf(undefined), group: 'guild' };
  expect(await complete(line, typist)).toEqual([values, replaced]);
});

test('offers nobody to somebody who may not use the command', async () => {
  const app = await startApp();
  onTestFinished(() => app.close());
  const typist = { moderation: app.moderation, actor: actorOf('bob'), group: 'guild' };
  expect(await complete('/mute @', typist)).toEqual([[], '@']);
});
