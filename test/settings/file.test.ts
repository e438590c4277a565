// The settings file on a real disk: missing, wrong, changed, replaced and removed while it is watched.
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLogger } from '../../src/app/logger.ts';
import { createRulesReader } from '../../src/automod/reader.ts';
import { defaults } from '../../src/moderation/settings.ts';
import { openSettings, SettingsProblem } from '../../src/settings/file.ts';

const commands = { withReason: ['ban', 'kick', 'mute'], onLadder: new Map() };

function emptyDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'chat-marshal-')));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

interface Options {
  readonly path?: string;
  readonly watch?: boolean;
  /** Text of `marshal.yaml`; none unless told. */
  readonly text?: string;
  readonly directory?: string;
}

/** Opens the settings of a directory and keeps what is logged. */
async function open({ path, watch = true, text, directory = emptyDirectory() }: Options = {}) {
  const file = join(directory, path ?? 'marshal.yaml');
  if (text !== undefined) writeFileSync(file, text);
  const log: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: 'info',
    secrets: [],
    output: { write: (line) => log.push(JSON.parse(line)) },
  });
  const { current, close } = await openSettings(path, {
    commands,
    rules: createRulesReader([]),
    directory,
    logger,
    watch,
  });
  onTestFinished(close);
  const tell = () => current().group('any').tell;
  const becomes = (wanted: string) => vi.waitFor(() => expect(tell()).toBe(wanted), 10_000);
  const logged = (entry: object) =>
    vi.waitFor(() => expect(log).toContainEqual(expect.objectContaining(entry)), 10_000);
  return { directory, file, current, tell, becomes, logged, log, close };
}

/** The faults that keep the settings from being opened, as lines. */
async function problemOf(options: Options): Promise<readonly string[]> {
  const problem = await open({ ...options, watch: false }).catch((error: unknown) => error);
  if (!(problem instanceof SettingsProblem)) throw new Error('there is no problem', { cause: problem });
  expect(problem.path).toBe(options.path ?? 'marshal.yaml');
  return problem.message.split('\n');
}

describe('at the start', () => {
  test('a missing default file means the defaults', async () => {
    const { current, log } = await open({ watch: false });
    expect(current().group('any')).toEqual(defaults);
    expect(log).toEqual([]);
  });

  test('a file is read, with a byte order mark or without', async () => {
    expect((await open({ text: 'tell: off', watch: false })).tell()).toBe('off');
    expect((await open({ text: '\uFEFFtell: off', watch: false })).tell()).toBe('off');
  });

  test('a missing file that was asked for is a problem', async () => {
    expect(await problemOf({ path: 'mine.yaml' })).toEqual(['mine.yaml:1:1 There is no such file.']);
  });

  test('every fault of a file is a problem', async () => {
    expect(await problemOf({ text: 'tell: loud\nreasons: [bann]\n' })).toEqual([
      'marshal.yaml:1:7 tell must be one of: system, message, off.',
      'marshal.yaml:2:11 reasons[0] must be one of: ban, kick, mute. Did you mean ban?',
    ]);
  });

  test('a folder, another encoding and a huge file are problems', async () => {
    const directory = emptyDirectory();
    mkdirSync(join(directory, 'folder'));
    writeFileSync(join(directory, 'utf16.yaml'), Buffer.from('\uFEFFtell: off', 'utf16le'));
    writeFileSync(join(directory, 'huge.yaml'), `# ${'字'.repeat(100_000)}`);
    expect(await problemOf({ directory, path: 'folder' })).toEqual([
      expect.stringMatching(/^folder:1:1 The file cannot be read: EISDIR/),
    ]);
    expect(await problemOf({ directory, path: 'utf16.yaml' })).toEqual([
      'utf16.yaml:1:1 The file is not UTF-8 text. Save it as UTF-8.',
    ]);
    expect(await problemOf({ directory, path: 'huge.yaml' })).toEqual([
      'huge.yaml:1:1 The file is too large: at most 262,144 bytes.',
    ]);
  });
});

describe('while it is watched', () => {
  test('a changed file is read again', async () => {
    const { file, tell, becomes, logged } = await open({ text: 'tell: off' });
    expect(tell()).toBe('off');
    writeFileSync(file, 'tell: message');
    await becomes('message');
    await logged({ level: 30, file: 'marshal.yaml', msg: 'the settings were read again' });
  });

  test('a file that another one replaces is read again, time after time', async () => {
    const { file, becomes } = await open({ text: 'tell: off' });
    for (const wanted of ['message', 'system', 'off']) {
      writeFileSync(`${file}.new`, `tell: ${wanted}`);
      renameSync(`${file}.new`, file);
      await becomes(wanted);
    }
  });

  test('a default file that is made later is picked up', async () => {
    const { file, becomes } = await open();
    writeFileSync(file, 'tell: off');
    await becomes('off');
  });

  test('a file behind links is read again when the links move', async () => {
    const directory = emptyDirectory();
    const publish = (version: string, text: string) => {
      mkdirSync(join(directory, version));
      writeFileSync(join(directory, version, 'marshal.yaml'), text);
      symlinkSync(version, join(directory, 'next'));
      renameSync(join(directory, 'next'), join(directory, 'data'));
    };
    publish('1', 'tell: off');
    symlinkSync('data/marshal.yaml', join(directory, 'marshal.yaml'));
    const { tell, becomes } = await open({ directory });
    expect(tell()).toBe('off');
    publish('2', 'tell: message');
    rmSync(join(directory, '1'), { recursive: true });
    await becomes('message');
  });

  test('a fault is told with its place, and the settings stay until it is mended', async () => {
    const { file, tell, becomes, logged } = await open({ text: 'tell: off' });
    writeFileSync(file, 'tell: message\nreasons: [bann]\n');
    await logged({
      level: 50,
      file: 'marshal.yaml',
      line: 2,
      column: 11,
      problem: 'reasons[0] must be one of: ban, kick, mute. Did you mean ban?',
    });
    expect(tell()).toBe('off');
    writeFileSync(file, 'tell: message\nreasons: [ban]\n');
    await becomes('message');
  });

  test.each([
    ['removed', (file: string) => rmSync(file)],
    ['emptied', (file: string) => writeFileSync(file, '\n')],
  ])('a file that is %s takes no denial back, and is missed aloud', async (_name, lose) => {
    const { file, current, logged, becomes } = await open({
      text: 'discord: { roles: { "111111111111111111": { deny: [ban] } } }',
    });
    lose(file);
    await logged({ level: 40, file: 'marshal.yaml', msg: expect.stringContaining('gone or blank') });
    expect(current().group('any').discordRoles).toHaveLength(1);
    writeFileSync(file, 'tell: off');
    await becomes('off');
    expect(current().group('any').discordRoles).toHaveLength(0);
  });

  test('nothing is read any more after the end', async () => {
    const { directory, file, tell, close } = await open({ text: 'tell: off' });
    await close();
    writeFileSync(file, 'tell: message');
    // Another watcher on the same file has seen the change: so would this one have.
    const { file: other, becomes } = await open({ directory });
    writeFileSync(other, 'tell: system');
    await becomes('system');
    expect(tell()).toBe('off');
  });
});
