// `serve` in this process: piped lines, the prompt, and staying on.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { runProgram } from '../../src/cli/program.ts';
import { startDiscordService } from '../../src/sandbox/discord/index.ts';
import { fakeTerminal, program, type RunOptions, startService } from './harness.ts';

const quiet = { LOG_LEVEL: 'silent' };

/** Pipes lines in and reads one JSON object for each. */
async function piped(lines: readonly string[], { environment = quiet }: RunOptions = {}) {
  const { code, stdout } = await program(['serve', '--json'], { environment, lines });
  const answers = stdout.split('\n').filter((line) => line !== '');
  return { code, answers: answers.map((line) => JSON.parse(line)) };
}

describe('piped lines', () => {
  test('each is carried out in order; comments and blank lines are skipped', async () => {
    const service = await startService();
    const { code, answers } = await piped(
      ['# a list of commands', '', '/mute @bob 60', '   ', '  # and more', '/unmute @bob', '/help'],
      service,
    );
    expect(answers.map(({ command, outcome }) => `${command} ${outcome}`)).toEqual([
      'mute done',
      'unmute done',
      'help answer',
    ]);
    expect(code).toBe(0);
    expect(service.chat.world.isMuted('guild', 'bob')).toBe(false);
  });

  test.each([
    ['a refusal', '/mute @olivia 60', 'refused'],
    ['a part', '/mute @bob @olivia 60', 'partly'],
    ['a line that is no command', 'hello', 'refused'],
  ])('%s among them makes the exit code 1, and the rest is still done', async (_name, line, outcome) => {
    const { code, answers } = await piped([line, '/kick @dave'], await startService());
    expect(answers.map((answer) => answer.outcome)).toEqual([outcome, 'done']);
    expect(code).toBe(1);
  });

  test('no reason that somebody wrote begins a command of its own', async () => {
    const service = await startService();
    const reason = 'spam\u2028/kick @dave\u2029/kick @erin\r/kick @mei\u0085/kick @taro';
    const { answers } = await piped([`/mute @bob 60 ${reason}`, '/whois @bob'], service);
    expect(answers.map(({ command }) => command)).toEqual(['mute', 'whois']);
    expect(service.chat.world.member('guild', 'dave')).toBeDefined();
  });

  test('may change who asks and where, and may end early', async () => {
    const { code, answers } = await piped(
      ['as alice', '/ban @bob 60', 'as operator', 'group arena', '/mute @taro 60', 'exit', '/kick @taro'],
      await startService(),
    );
    expect(answers.map(({ id }) => id)).toEqual(['refused.capability', 'mute.done']);
    expect(answers[1]).toMatchObject({ requests: [{ body: { GroupId: 'arena' } }] });
    expect(code).toBe(1);
  });

  test('in words, and with the options of the command line', async () => {
    const { stdout, code } = await program(['--as', 'alice', '--dry-run', '--group', 'arena'], {
      ...(await startService()),
      lines: ['/mute @bob 60', '/ban @bob 60'],
    });
    expect(stdout).toContain('Dry run');
    expect(stdout).toContain('"GroupId": "arena"');
    expect(stdout).toContain('You may not use /ban here.');
    expect(code).toBe(1);
  });

  test('run on the whole sandbox where nothing is configured', async () => {
    const { code, answers } = await piped(['/mute @bob 60', '/whois @bob']);
    expect(answers.map(({ outcome }) => outcome)).toEqual(['done', 'answer']);
    expect(code).toBe(0);
  });
});

describe('staying on', () => {
  test('without input, until told to stop', async () => {
    const { terminal, stderr, stop } = fakeTerminal({ environment: quiet });
    const running = runProgram([], terminal);
    await vi.waitFor(() => expect(stderr.text).toContain('This is the sandbox'), 10_000);
    stop();
    expect(await running).toBe(0);
  });

  test('on configured services, with Discord, also where the input ends at once', async () => {
    const { environment } = await startService();
    const discord = await startDiscordService();
    const { terminal, stdin, stderr, stop } = fakeTerminal({
      environment: {
        ...environment,
        ...quiet,
        CHAT_ACCOUNT_TEMPLATE: '{username}',
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.api,
        DISCORD_GUILD_ID: discord.guildId,
      },
      input: 'piped',
    });
    stdin.end();
    const running = runProgram(['serve'], terminal);
    await vi.waitFor(() => expect(stderr.text).toContain('Chat Marshal is running.'), 10_000);
    const reply = await discord.type({
      as: 'alice',
      command: 'mute',
      options: { member: 'bob', duration: '60' },
    });
    expect(JSON.stringify(reply)).toContain('bob');
    stop();
    expect(await running).toBe(0);
    await discord.close();
  });

  test.each([
    ['none', 4004, /copy the token of the bot/],
    ['none', 4010, /another number of shards/],
    ['none', 4011, /too many servers/],
    ['none', 4012, /a newer version/],
    ['none', 4013, /a newer version/],
    ['person', 4014, /check the bot in the Developer Portal/],
  ] as const)(
    'ends with what mends it where Discord closes for good (input %s, %d)',
    async (input, code, mends) => {
      const { environment } = await startService();
      const discord = await startDiscordService();
      const { terminal, stderr } = fakeTerminal({
        environment: {
          ...environment,
          ...quiet,
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.api,
          DISCORD_GUILD_ID: discord.guildId,
        },
        input,
      });
      const running = runProgram(['serve'], terminal);
      await vi.waitFor(() => expect(stderr.text).toContain('Chat Marshal is running.'), 10_000);
      discord.dropConnections(code);
      expect(await running).toBe(1);
      expect(stderr.text).toMatch(mends);
      expect(stderr.text).not.toMatch(/^\s+at /m);
      await discord.close();
    },
  );

  test('stops while Discord does not answer', async () => {
    const { environment } = await startService();
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const { terminal, stop } = fakeTerminal({
      environment: {
        ...environment,
        ...quiet,
        DISCORD_TOKEN: 'tok',
        DISCORD_API_URL: `http://127.0.0.1:${port}`,
      },
    });
    const running = runProgram([], terminal);
    const [socket]: Socket[] = await once(silent, 'connection');
    stop();
    expect(await running).toBe(0);
    socket?.destroy();
  });

  test('a token that Discord refuses ends it with one line', async () => {
    const { environment } = await startService();
    const discord = await startDiscordService();
    const { code, stderr } = await program([], {
      environment: { ...environment, DISCORD_TOKEN: 'wrong-token', DISCORD_API_URL: discord.api },
    });
    await discord.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Discord cannot be used: .*DISCORD_TOKEN[^\n]*\n$/m);
    expect(stderr).not.toContain('wrong-token');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('the prompt', () => {
  /** Types lines, each when the one before has been answered. */
  async function typed(lines: readonly (readonly [line: string, answer: RegExp])[], last = 'exit') {
    const { terminal, stdin, stdout } = fakeTerminal({ environment: quiet, input: 'person' });
    const running = runProgram([], terminal);
    await vi.waitFor(() => expect(stdout.text).toContain('operator@guild> '), 10_000);
    for (const [line, answer] of lines) {
      const before = stdout.text.length;
      stdin.write(`${line}\n`);
      await vi.waitFor(() => expect(stdout.text.slice(before)).toMatch(answer), 10_000);
    }
    stdin.end(last === '' ? undefined : `${last}\n`);
    return { code: await running, text: stdout.text };
  }

  test('shows the reply, the requests and what became of the members', async () => {
    const { code, text } = await typed([
      ['/mute @bob @olivia 3600 spam', /> $/],
      ['as alice', /alice@guild> $/],
      ['/ban @bob 60', /> $/],
      ['', /> $/],
      ['group live', /alice@live> $/],
      ['/mute @bob 60', /> $/],
      ['as operator', /operator@live> $/],
      ['/members group:guild', /> $/],
    ]);
    expect(code).toBe(0);
    expect(text).toContain('/mute: 1 done, 1 refused, 0 failed.');
    expect(text).toContain('  POST /v4/group_open_http_svc/modify_group_member_info\n');
    expect(text).not.toContain('usersig');
    expect(text).toMatch(/^ {2}bob · member · Muted until .+ · name card Bob$/m);
    expect(text).toMatch(/^ {2}olivia · owner · Not muted$/m);
    expect(text).toContain("You are alice, with the rights of that account's role in the group.");
    expect(text).toContain('You may not use /ban here.');
    expect(text).toMatch(/^ {2}bob · member · Muted until [^·]+$/m);
    expect(text).toContain('You are the operator');
    expect(text).toContain('Moonlight Guild (guild): 12 members');
  });

  test('ends at the end of input', async () => {
    expect((await typed([['/help', /> $/]], '')).code).toBe(0);
  });

  test('shows no state after a command that only reads or that does not exist', async () => {
    const { text } = await typed([
      ['/whois @bob', /> $/],
      ['/mut @bob 60', /> $/],
    ]);
    expect(text).not.toContain(' · ');
  });
});
