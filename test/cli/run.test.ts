// `run` in this process, on a Chat service whose requests can be seen.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../../src/cli/program.ts';
import { emptyDirectory, fakeTerminal, program, type Service, startService } from './harness.ts';

const line = z.strictObject({
  command: z.string(),
  outcome: z.enum(['done', 'partly', 'refused', 'failed', 'preview', 'answer']),
  id: z.string(),
  text: z.string(),
  results: z.array(
    z.strictObject({
      target: z.string(),
      outcome: z.string(),
      id: z.string(),
      text: z.string(),
      values: z.record(z.string(), z.unknown()),
    }),
  ),
  requests: z.array(z.strictObject({ method: z.literal('POST'), url: z.string(), body: z.unknown() })),
  case: z.int().positive().optional(),
  next: z.string().optional(),
  file: z.strictObject({ name: z.string(), text: z.string() }).optional(),
});

/** Runs a line with `--json` and reads the one line that comes back. */
async function json(service: Service, ...argv: readonly string[]) {
  const { code, stdout } = await program(['run', '--json', ...argv], service);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  return { code, answer: line.parse(JSON.parse(stdout)) };
}

describe('in words', () => {
  test('done: the head, the reason and the requests', async () => {
    const service = await startService();
    const { code, stdout, stderr } = await program(['run', '/mute @bob 3600 spamming the lobby'], service);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const [head, reason, number, title, request, body, ...rest] = stdout.split('\n');
    expect(rest).toEqual(['']);
    expect(head).toMatch(/^Bob \(bob\) is muted for 1 hour, until .+\.$/);
    expect(reason).toBe('Reason: spamming the lobby');
    expect(number).toBe('Case 1');
    expect(title).toBe('Requests sent:');
    expect(request).toMatch(/^ {2}POST http:.+modify_group_member_info\?.+&usersig=<hidden>&/);
    expect(body).toBe('  { "GroupId": "guild", "Member_Account": "bob", "MuteTime": 3600 }');
    // The member was told before the program ended; that is none of the requests that were asked for.
    expect(service.changes()).toEqual(['modify_group_member_info', 'send_group_system_notification']);
    expect(service.chat.world.isMuted('guild', 'bob')).toBe(true);
  });

  test('partly: one line for each, and the code says that it was not all done', async () => {
    const { code, stdout } = await program(['run', '/mute @bob @olivia 60'], await startService());
    expect(code).toBe(1);
    expect(stdout).toContain('/mute: 1 done, 1 refused, 0 failed.');
    expect(stdout).toMatch(/^ {2}Bob \(bob\) is muted/m);
    expect(stdout).toMatch(/^ {2}olivia owns this group/m);
  });

  test('a dry run shows the requests and sends none', async () => {
    const service = await startService();
    const { code, stdout } = await program(['run', '/mute @bob 60', '--dry-run'], service);
    expect(code).toBe(0);
    expect(stdout).toContain('Dry run, nothing was sent');
    expect(stdout).toContain('Requests that would be sent:');
    expect(service.changes()).toEqual([]);
  });

  test.each([
    ['zh-CN', '禁言'],
    ['ko_KR.UTF-8', '차단|금지|음소거|뮤트'],
    ['ja', 'ミュート|発言'],
    ['fr', 'is muted for'],
  ])('speaks %s', async (locale, words) => {
    const { stdout } = await program(['run', '/mute @bob 60', '--locale', locale], await startService());
    expect(stdout).toMatch(new RegExp(words));
  });

  test('the language of the environment: LC_ALL before LC_MESSAGES before LANG', async () => {
    const environment = { LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'ko_KR.UTF-8' };
    const { stdout: korean } = await program(['run', '/mute'], { environment });
    expect(korean).toMatch(/[가-힣]/);
    const { stdout: english } = await program(['run', '/mute'], {
      environment: { ...environment, LC_ALL: 'C' },
    });
    expect(english).toContain('"member" is missing');
  });

  test('words without quotes are one line', async () => {
    const { code, stdout } = await program(['run', '/mute', '@bob', '60', 'why', 'not']);
    expect(code).toBe(0);
    expect(stdout).toContain('Reason: why not');
  });

  test('a name card cannot control the terminal', async () => {
    const service = await startService();
    service.chat.world.addMember('guild', 'eve', { nameCard: '\u001b[2J\u202eevil\n✓ done' });
    const { stdout } = await program(['run', '/mute @eve 60'], service);
    expect(stdout).toMatch(/^evil ✓ done \(eve\) is muted/);
    const { stdout: inJson } = await program(['run', '/whois @eve', '--json'], service);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be written.
    for (const text of [stdout, inJson]) expect(text).not.toMatch(/[\u001b\u202e]/);
  });
});

describe('in JSON', () => {
  test('done', async () => {
    const service = await startService();
    const { code, answer } = await json(service, '/mute @bob 3600 spam');
    expect(code).toBe(0);
    expect(answer).toMatchObject({
      command: 'mute',
      outcome: 'done',
      id: 'mute.done',
      text: expect.stringMatching(/^Bob \(bob\) is muted[^\n]+\nReason: spam\nCase 1$/),
      case: 1,
      results: [
        {
          target: 'bob',
          outcome: 'done',
          id: 'mute.done',
          values: {
            member: { id: 'member.label', nameCard: 'Bob', account: 'bob' },
            duration: 3600,
            until: expect.any(Number),
          },
        },
      ],
      requests: [
        {
          url: expect.stringContaining('usersig=<hidden>'),
          body: { GroupId: 'guild', Member_Account: 'bob', MuteTime: 3600 },
        },
      ],
    });
  });

  test.each([
    ['/mute @bob @olivia 60', 'mute', 'partly', 'outcome.several', 1],
    ['/mute @olivia 60', 'mute', 'refused', 'refused.owner', 1],
    ['/whois @bob', 'whois', 'answer', 'whois.head', 0],
    ['/help', 'help', 'answer', 'help.head', 0],
    ['/mute @bob 60 --dry-run', 'mute', 'preview', 'preview.target', 0],
    ['/mute @bob 60 extra "words', 'mute', 'done', 'mute.done', 0],
    ['/unmute @bob and so on', 'unmute', 'refused', 'unmute.notMuted', 1],
    ['/group extra', 'group', 'refused', 'refused.choice', 1],
    ['/group show extra', 'group', 'refused', 'refused.extraWords', 1],
    ['/mut @bob 60', 'mut', 'refused', 'refused.unknownCommandDidYouMean', 1],
    [' ', '', 'refused', 'refused.emptyLine', 1],
  ])('%j', async (typed, command, outcome, id, code) => {
    const result = await json(await startService(), typed);
    expect(result).toMatchObject({ code, answer: { command, outcome, id } });
    if (outcome === 'refused') expect(result.answer.requests).toEqual([]);
  });

  test('failed: what Chat said, and nothing secret', async () => {
    const service = await startService();
    const environment = { ...service.environment, CHAT_SECRET_KEY: 'another-key' };
    const { code, stdout, stderr } = await program(['run', '/mute @bob 60', '--json'], { environment });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', id: 'failed.lookupCode' });
    expect(stdout + stderr).not.toContain('another-key');
  });

  test('every member has a result of their own', async () => {
    const { answer } = await json(await startService(), '/mute @bob, @olivia, dave 60');
    expect(answer.results.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual([
      'bob done',
      'dave done',
      'olivia refused',
    ]);
  });

  test('a list with somebody unknown is refused as a whole', async () => {
    const { answer } = await json(await startService(), '/mute @bob, @nobody, @olivia, dave 60');
    expect(answer.outcome).toBe('refused');
    expect(answer.results.map(({ target, outcome }) => `${target} ${outcome}`)).toEqual([
      'nobody refused',
      'bob refused',
      'olivia refused',
      'dave refused',
    ]);
  });
});

describe('who and where', () => {
  test.each([
    ['an admin may mute', 'alice', '/mute @bob 60', 'done', 'mute.done'],
    ['but not another admin', 'alice', '/mute @ken 60', 'refused', 'refused.rank'],
    ['nor ban', 'alice', '/ban @bob 60', 'refused', 'refused.capability'],
    ['the owner may', '@olivia', '/ban @bob 60', 'done', 'ban.done'],
    ['a member may not', 'bob', '/mute @dave 60', 'refused', 'refused.capability'],
    ['a stranger may not', 'nobody', '/mute @dave 60', 'refused', 'refused.capability'],
    ['oneself never', 'alice', '/mute @alice 60', 'refused', 'refused.self'],
    ['the operator may', 'operator', '/ban @bob 60', 'done', 'ban.done'],
  ])('%s', async (_name, account, typed, outcome, id) => {
    const { answer } = await json(await startService(), '--as', account, typed);
    expect(answer).toMatchObject({ outcome, id });
  });

  test('--group replaces the configured group, and the line’s own group wins', async () => {
    const service = await startService();
    const { answer } = await json(service, '--group', 'arena', '/mute @bob 60');
    expect(answer.requests).toMatchObject([{ body: { GroupId: 'arena' } }]);
    const named = await json(service, '--group', 'arena', '/mute @bob 60 group:guild');
    expect(named.answer.requests).toMatchObject([{ body: { GroupId: 'guild' } }]);
  });

  test('no group is a refusal', async () => {
    const { environment } = await startService();
    const result = await program(['run', '/mute @bob 60', '--json'], {
      environment: { ...environment, CHAT_GROUP_ID: '' },
    });
    expect(JSON.parse(result.stdout)).toMatchObject({ id: 'refused.noGroup' });
  });
});

describe('bad input is refused clearly, and nothing is changed', () => {
  test.each([
    ['/mute @bob', 'refused.missingOption'],
    ['/mute @bob 1M', 'duration.ambiguousMonth'],
    ['/mute @bob -5m', 'duration.negative'],
    ['/mute @bob 0', 'duration.zero'],
    ['/mute @bob 99999999d', 'duration.tooLong'],
    ['/mute @whoever 60', 'refused.unknownMember'],
    ['/mute Shadow 60', 'refused.ambiguousMember'],
    ['/mute @olivia 60', 'refused.owner'],
    ['/mute @administrator 60', 'refused.botAccount'],
    [`/nick @bob ${'x'.repeat(51)}`, 'refused.tooManyBytes'],
    ['/mute @bob 60 group:nowhere-at-all', 'refused.unknownGroup'],
    ['/nick @bob x group:live', 'refused.optionInText'],
    ['/nick @bob group:live x', 'refused.groupType'],
    ['/mute @bob 60 group:team', 'refused.groupType'],
    [`/mute @bob 60 ${'x'.repeat(10_240)}`, 'refused.tooLong'],
    ['/mut @bob 60', 'refused.unknownCommandDidYouMean'],
  ])('%.50s', async (typed, id) => {
    const service = await startService();
    const { code, answer } = await json(service, typed);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ outcome: 'refused', id, requests: [] });
    expect(service.changes()).toEqual([]);
  });

  test('words after the duration are the reason', async () => {
    const { answer } = await json(await startService(), '/mute @bob 10m spam');
    expect(answer).toMatchObject({ outcome: 'done', text: expect.stringContaining('Reason: spam') });
  });
});

test('what a group exports is a file that can be imported', async () => {
  const { environment } = await startService();
  const directory = emptyDirectory();
  const options = { environment, directory };
  await program(['run', '/mute @bob 60 evil \u009b2J'], options);
  await program(['run', '/kick @dave'], options);
  const { code, stdout, stderr } = await program(['run', '/case export'], options);
  expect(code).toBe(0);
  expect(stderr).toBe('2 cases as JSON Lines; at most the newest 10,000, and at most 8 MB.\n');
  expect(stdout).not.toContain('\u009b');
  writeFileSync(join(directory, 'cases.jsonl'), stdout);
  const elsewhere = { environment: { ...environment, DATABASE_URL: 'sqlite:other.db' }, directory };
  expect((await program(['import', 'cases.jsonl'], elsewhere)).code).toBe(0);
  const imported = await program(['run', '/case export', '--json'], elsewhere);
  const { file } = line.parse(JSON.parse(imported.stdout));
  const records = (text: string) =>
    text
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one));
  expect(file?.name).toBe('cases.jsonl');
  expect(records(file?.text ?? '')).toEqual(records(stdout));
  expect(records(stdout)[0]).toMatchObject({ command: 'mute', reason: 'evil \u009b2J' });
});

test('the sandbox says that it is one, beside the reply', async () => {
  const { code, stdout, stderr } = await program(['run', '/mute @bob 3600', '--json']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^This is the sandbox: [^\n]+\n$/);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'done' });
});

test('interrupted, it says so, changes nothing and exits with 130', async () => {
  const service = await startService();
  const { terminal, stdout, stop } = fakeTerminal(service);
  stop();
  expect(await runProgram(['run', '/mute @bob 60', '--json'], terminal)).toBe(130);
  expect(JSON.parse(stdout.text)).toMatchObject({ outcome: 'failed', id: 'failed.lookup' });
  expect(service.changes()).toEqual([]);
});
