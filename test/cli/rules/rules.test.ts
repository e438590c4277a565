// `rules check`, `try`, `backtest` and `schema` from the command line.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { openStore } from '../../../src/store/store.ts';
import { emptyDirectory, program, startService } from '../harness.ts';

const rules = `rules:
  - { name: ads, when: [{ keywords: { words: ['free skins'] } }], unless: [{ role: Admin }], then: [block: 'No ads', warn: { points: 1 }] }
  - { name: tried, enabled: test, when: [links], then: [kick] }
  - { name: idle, enabled: off, when: [{ keywords: { words: [hello] } }], then: [block] }
  - { name: wave, when: [{ wave-of-joins: { members: 5, within: 1m } }], then: [{ lock: 10m }] }
`;

function settings(text = rules) {
  const directory = emptyDirectory();
  writeFileSync(join(directory, 'rules.yaml'), text);
  const environment = { MARSHAL_CONFIG: 'rules.yaml' };
  const run = (...argv: string[]) => program(['rules', ...argv], { directory, environment });
  return { directory, environment, run };
}

test('check: a file without fault, with faults, and none', async () => {
  const { run, directory } = settings();
  expect(await run('check', 'rules.yaml')).toEqual({
    code: 0,
    stdout: 'rules.yaml is in order: 4 rules, 0 texts as expected.\n',
    stderr: '',
  });
  expect(await run('check')).toMatchObject({ code: 0 });
  writeFileSync(join(directory, 'bad.yaml'), 'rules:\n  - name: a\n    when: [flod]\n    then: [block]\n');
  const bad = await run('check', 'bad.yaml');
  expect(bad).toMatchObject({ code: 1, stdout: '' });
  expect(bad.stderr).toMatch(
    /^bad\.yaml:3:12 rules\[0\]\.when\[0\]\.flod is no setting\. Did you mean flood\?/,
  );
  expect(await run('check', 'none.yaml')).toMatchObject({
    code: 1,
    stderr: 'none.yaml:1:1 There is no such file.\n',
  });
});

test('try: matched, why, and how the text is read', async () => {
  const { run } = settings();
  const { code, stdout } = await run('try', 'get FREE', 'sk1ns at evil.com', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    text: 'get FREE sk1ns at evil.com',
    folded: 'get free sk1ns at evil.com',
    matched: ['ads', 'tried'],
    answer: 'block',
    rules: {
      ads: { enabled: 'on', matched: true, why: 'It has the keyword: “FREE sk1ns” in the text.' },
      tried: { enabled: 'test', matched: true, why: 'It has any link: “evil.com” in the text.' },
      idle: {
        enabled: 'off',
        matched: false,
        why: expect.stringContaining('none of what the rule looks for'),
      },
      wave: { enabled: 'on', matched: false, why: expect.any(String) },
    },
  });
  expect(JSON.parse((await run('try', 'hello', '--json')).stdout)).toMatchObject({
    matched: [],
    rules: { idle: { enabled: 'off', matched: true } },
  });
  const admin = JSON.parse((await run('try', 'free skins', '--role', 'admin', '--json')).stdout);
  expect(admin).toMatchObject({
    matched: [],
    answer: 'pass',
    rules: { ads: { why: "The member's role is exempt." } },
  });
  expect((await run('try', 'x', '--role', 'boss')).stderr).toContain('Owner, Admin, Member');
  expect((await run('try', 'free skins', '--locale', 'zh-CN')).stdout).toContain('匹配');
});

const line = (from: string, time: number, text: string) =>
  JSON.stringify({ group: 'guild', from, time, text });

test('backtest: a file, with lines that cannot be read, and what people decided', async () => {
  const { run, directory, environment } = settings();
  const at = Math.floor(Date.now() / 1_000) - 5;
  const webhook = {
    GroupId: 'guild',
    From_Account: 'eve',
    MsgTime: at,
    MsgSeq: 2,
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'free skins' } }],
  };
  const lines = [
    line('bob', at, 'FREE SKINS'),
    JSON.stringify(webhook),
    '',
    'no json',
    '{"group":"guild"}',
    line('bob', at, 'hello \u2028 there'),
  ];
  writeFileSync(join(directory, 'week.jsonl'), lines.join('\n'));
  const store = await openStore(`sqlite:${join(directory, 'a.db')}`, {
    clock: Date,
    logger: pino({ level: 'silent' }),
  });
  const target = { target: 'bob', before: null, outcome: 'done', code: null } as const;
  const draft = {
    group: 'guild',
    command: 'mute',
    options: {},
    reason: null,
    changes: [],
    undoes: null,
    key: null,
    lasts: null,
  };
  const actor = { surface: 'discord', id: '1', name: 'mod', account: null };
  const { case: opened } = await store.cases.open({
    ...draft,
    actor,
    targets: [{ ...target, outcome: 'pending' }],
  });
  await store.cases.settle('guild', opened.number, { state: 'applied', targets: [target] });
  await store.close();
  const withRecord = (...argv: string[]) =>
    program(['rules', 'backtest', 'week.jsonl', ...argv], {
      directory,
      environment: { ...environment, DATABASE_URL: 'sqlite:a.db' },
    });
  const { code, stdout, stderr } = await withRecord('--json');
  expect(code).toBe(0);
  expect(stderr.split('\n').map((one) => one.slice(0, 16))).toEqual([
    'week.jsonl:4:1 T',
    'week.jsonl:5:1 T',
    '',
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    messages: 3,
    unreadable: 2,
    rules: {
      ads: {
        matches: 2,
        members: 2,
        agreed: 1,
        falseAlarms: 0,
        testable: 'yes',
        sample: [
          {
            group: 'guild',
            from: 'bob',
            time: at,
            text: 'FREE SKINS',
            why: 'It has the keyword: “FREE SKINS” in the text.',
          },
          { from: 'eve' },
        ],
        micros: expect.any(Number),
      },
      tried: { matches: 0 },
      idle: { enabled: 'off', matches: 1 },
      wave: { matches: 0, testable: 'no', note: expect.stringContaining('Not testable here') },
    },
    agreement: { decisions: 1, found: 1, missed: 0, unnoticed: 1, falseAlarms: 0 },
  });
  expect((await withRecord()).stdout).toContain('Not testable here');
  expect(await run('backtest', 'none.jsonl')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('none.jsonl cannot be read'),
  });
  expect(await run('backtest')).toMatchObject({ code: 1, stderr: expect.stringContaining('--since 7d') });
  expect(await run('backtest', '--since', 'soon')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not a duration'),
  });
  expect(await run('backtest', '--since', '30d')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('7 days'),
  });
});

test("backtest: Chat's own history, of a group and by the hour", async () => {
  const { directory, environment } = settings(rules.replace('free skins', 'hello'));
  const { chat, environment: service } = await startService();
  const run = (...argv: string[]) =>
    program(['rules', 'backtest', '--json', ...argv], {
      directory,
      environment: { ...environment, ...service },
    });
  for (const text of ['hello there', 'nothing', 'well hello']) await chat.say('guild', 'bob', text);
  const group = await run('--since', '1h', '--group', 'guild');
  expect(group).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(group.stdout)).toMatchObject({ rules: { ads: { matches: 2, members: 1 } } });
});

test('schema: what is right for an editor is right here', async () => {
  const { run } = settings();
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse((await run('schema')).stdout));
  expect(validate(parse(rules))).toBe(true);
  const wrong = ['when: [{ flood: { messages: 1 } }], then: [block]', 'when: [links], then: [blok]'];
  for (const one of wrong) expect(validate(parse(`rules: [{ name: a, ${one} }]`))).toBe(false);
});
