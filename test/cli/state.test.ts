// The state of members, as the sandbox shows it after a command.
import { expect, test } from 'vitest';
import { kick } from '../../commands/kick.ts';
import { whois } from '../../commands/whois.ts';
import { stateLines } from '../../src/cli/state.ts';
import type { Command } from '../../src/command/command.ts';
import { message } from '../../src/i18n/message.ts';
import { fillDefaultWorld } from '../../src/sandbox/chat/index.ts';
import { World } from '../../src/sandbox/chat/world/world.ts';
import { manualClock } from '../../src/sandbox/clock.ts';
import { translatorFor } from '../../src/surfaces/terminal/terminal.ts';

function world() {
  const clock = manualClock(Date.UTC(2026, 0, 1));
  const built = new World(clock);
  fillDefaultWorld(built);
  return { built, clock };
}

const executed = (targets: readonly string[], group = 'guild', command: Command | null = kick) => ({
  command,
  group,
  outcome: {
    kind: 'done' as const,
    command: 'kick',
    message: message('help.head'),
    results: targets.map((target) => ({ target, outcome: 'done' as const, message: message('help.head') })),
    requests: [],
  },
});

const linesOf = (...[targets, group, command]: Parameters<typeof executed>) =>
  stateLines(world().built, executed(targets, group, command), translatorFor({}));

test('role, mute, ban and name card', () => {
  expect(linesOf(['olivia', 'alice', 'carol', 'mallory'])).toEqual([
    '  olivia · owner · Not muted',
    '  alice · admin · Not muted · name card Alice',
    expect.stringMatching(/^ {2}carol · member · Muted until .*2026.* · name card Carol$/),
    expect.stringMatching(/^ {2}mallory · not in the group · Not muted · Banned until .*2026/),
  ]);
});

test('a mute and a ban that have run out', () => {
  const { built, clock } = world();
  clock.advance(30 * 86_400_000);
  expect(stateLines(built, executed(['carol', 'mallory']), translatorFor({}))).toEqual([
    '  carol · member · Not muted · name card Carol',
    '  mallory · not in the group · Not muted',
  ]);
});

test('a live room, which keeps no members', () => {
  expect(linesOf(['olivia', 'alice', 'bob', 'ken'], 'live')).toEqual([
    '  olivia · owner · Not muted',
    '  alice · admin · Not muted',
    '  bob · member · Not muted',
    '  ken · not in the group · Not muted',
  ]);
});

test('one line for a member who is in several results', () => {
  expect(linesOf(['bob', 'olivia', 'bob'])).toHaveLength(2);
});

test('nothing of strangers, of other groups, and after a command that only reads', () => {
  expect(linesOf(['whoever'])).toEqual([]);
  expect(linesOf(['bob'], 'nowhere')).toEqual([]);
  expect(linesOf(['bob'], 'guild', whois)).toEqual([]);
  expect(linesOf(['bob'], 'guild', null)).toEqual([]);
});
