// The package as it is published: packed, installed in an empty folder, run, and imported by hosts of every kind.
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isOlder } from '../../src/util/version.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** Many bots are compiled by it; the newest is the one that we use ourselves. */
const OLDER_TYPESCRIPT = '5.9';
/** Long enough to build, pack and install on a slow machine, in milliseconds. */
const LONG = 300_000;

/** This process's, without what `npm run` tells its children of our own folder. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|config_local)/.test(name)),
);
const npm = (directory: string, ...args: readonly string[]) =>
  run('npm', [...args], { cwd: directory, env: environment });
const node = (directory: string, ...args: readonly string[]) =>
  run(process.execPath, [...args], { cwd: directory, env: environment });

const versions = z.object({ devDependencies: z.record(z.string(), z.string()) });

let app: string;
let installed: string;

beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'chat-marshal-package-'));
  installed = join(app, 'node_modules/chat-marshal');
  await npm(root, 'pack', '--pack-destination', app);
  const [tarball] = globSync('*.tgz', { cwd: app });
  const ours = versions.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))).devDependencies;
  await writeFile(join(app, 'package.json'), '{ "private": true }');
  await npm(
    app,
    ...['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`],
    ...['discord.js', '@types/node'].map((name) => `${name}@${ours[name]}`),
    `typescript@${OLDER_TYPESCRIPT}`,
  );
}, LONG);
afterAll(() => rm(app, { recursive: true, force: true }));

describe('the program', () => {
  test('runs a command on its sandbox', async () => {
    const { stdout } = await run('npx', ['chat-marshal', 'run', '/mute @bob 3600'], {
      cwd: app,
      env: environment,
    });
    expect(stdout).toMatch(/^Bob \(bob\) is muted for 1 hour/);
    expect(stdout).toContain('"MuteTime": 3600');
  });

  test('is what README says: its version is that of the package', async () => {
    const { stdout } = await run('npx', ['chat-marshal', '--version'], { cwd: app, env: environment });
    const { version } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    expect(stdout.trim()).toBe(version);
  });

  const old = oldNode();
  test.skipIf(old === null).each([
    ['C', /^Chat Marshal needs Node\.js 22\.19 or later, and this is Node\.js \d+\.\d+\.\d+\. .*\n$/],
    ['ko_KR.UTF-8', /^Chat Marshal에는 Node\.js 22\.19 .*\n$/],
  ])('says in one sentence, in %s, that a Node is too old', async (locale, sentence) => {
    const bin = join(installed, 'dist/chat-marshal.cjs');
    await expect(run(old ?? '', [bin], { env: { LC_ALL: locale } })).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(sentence),
    });
  });
});

/** A Node on this machine that is too old for the program. */
function oldNode(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'node')).filter(isProgram);
  return found.find((path) => path !== process.execPath && isOlder(versionOf(path), '22.19')) ?? null;
}

const versionOf = (path: string): string => execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const importing = `
import { attachChatMarshal, openStore } from 'chat-marshal';
import { type ChatSandbox, startChatSandbox } from 'chat-marshal/sandbox';
import { Client, GatewayIntentBits } from 'discord.js';

async function main(): Promise<void> {
  const sandbox: ChatSandbox = await startChatSandbox();
  const client = new Client({ intents: [GatewayIntentBits.Guilds] });
  const store = await openStore('sqlite::memory:', { logger: console });
  const { sdkAppId, secretKey } = sandbox.app;
  const chat = { sdkAppId, secretKey, apiUrl: sandbox.chat.url };
  const marshal = attachChatMarshal(client, { chat, store, logger: console });
  await marshal.detach();
  await store.close();
  await sandbox.close();
  await client.destroy();
  console.log('attached');
}
void main();
`;
const withoutTypes = importing
  .replace(': Promise<void>', '')
  .replace(': ChatSandbox', '')
  .replace('type ChatSandbox, ', '');
const required = withoutTypes.replaceAll(/import (\{.*\}) from ('.*');/g, 'const $1 = require($2);');

const compilers = {
  [OLDER_TYPESCRIPT]: () => join(app, 'node_modules/typescript/bin/tsc'),
  'of our own': () => join(root, 'node_modules/typescript/bin/tsc'),
} as const;

describe('a host in TypeScript', () => {
  test.each([
    ['of our own', 'nodenext', ['module.mts', 'common.cts']],
    ['of our own', 'node16', ['module.mts', 'common.cts']],
    ['of our own', 'commonjs', ['common.ts']],
    [OLDER_TYPESCRIPT, 'nodenext', ['module.mts', 'common.cts']],
    [OLDER_TYPESCRIPT, 'commonjs', ['common.ts']],
  ] as const)(
    '%s with module %s, strict and with every library checked',
    async (version, module, files) => {
      const host = join(app, `typescript-${version.replaceAll(' ', '-')}-${module}`);
      await mkdir(host);
      for (const file of files) await writeFile(join(host, file), importing);
      await writeFile(join(host, 'package.json'), '{ "private": true }');
      const compilerOptions = {
        module,
        target: 'es2022',
        types: ['node'],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        // As in what `tsc --init` writes; the types of zod, which those of the sandbox name, need it.
        esModuleInterop: true,
      };
      await writeFile(join(host, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
      const said = await node(host, compilers[version](), '-p', host).catch(({ stdout }) => ({ stdout }));
      expect(said.stdout).toBe('');
      for (const file of files) {
        const { stdout } = await node(host, file.replace('ts', 'js'));
        expect(stdout.trim().split('\n').at(-1), file).toBe('attached');
      }
    },
    LONG,
  );
});

test(
  'a host that is CommonJS without any interoperation takes the types of the plugin',
  async () => {
    const host = join(app, 'bare');
    await mkdir(host);
    const text = "import { attachChatMarshal } from 'chat-marshal'; export const attach = attachChatMarshal;";
    await writeFile(join(host, 'bare.ts'), text);
    const tsc = join(app, 'node_modules/typescript/bin/tsc');
    const options = ['--module', 'commonjs', '--target', 'es2022', '--types', 'node', '--strict'];
    await node(host, tsc, ...options, 'bare.ts');
  },
  LONG,
);

test.each([
  ['module.mjs', withoutTypes],
  ['common.cjs', required],
])('a host in JavaScript: %s', async (file, text) => {
  await writeFile(join(app, file), text);
  const { stdout } = await node(app, file);
  expect(stdout.trim().split('\n').at(-1)).toBe('attached');
});

test.each([
  ['ours first', "await import('chat-marshal'); await import('discord.js');"],
  ['theirs first', "await import('discord.js'); await import('chat-marshal');"],
])('discord.js keeps its HTTP client: %s', async (_order, imports) => {
  const look = "console.log(globalThis[Symbol.for('undici.globalDispatcher.1')]?.constructor.name);";
  const { stdout } = await node(app, '--input-type=module', '--eval', `${imports} ${look}`);
  expect(stdout.trim()).toBe('Agent');
});

describe('the files', () => {
  const docs = globSync('docs/**/*.md', { cwd: root });

  test.each([
    ['README links to are in the package', ['README.md'], () => installed],
    [
      'the documentation links to are in the repository',
      ['CONTRIBUTING.md', 'SECURITY.md', ...docs],
      () => root,
    ],
  ])('that %s', async (_name, pages, folder) => {
    const missing: string[] = [];
    for (const page of pages) {
      const text = await readFile(join(folder(), page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const path = link.replace(/#.*/, '');
        if (path === '' || /^[a-z]+:/.test(link)) continue;
        if (!existsSync(resolve(folder(), dirname(page), path))) missing.push(`${page}: ${link}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('of types name only what a host has: Node, discord.js, and what is installed beside', async () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')));
    const known = new Set(['discord.js', ...Object.keys(dependencies)]);
    for (const file of globSync('dist/*.d.{ts,cts}', { cwd: installed })) {
      const text = await readFile(join(installed, file), 'utf8');
      const imported = [...text.matchAll(/(?:^|\s)from ["']([^"']+)["']|import\(["']([^"']+)["']\)/gm)]
        .map(([, from, called]) => from ?? called ?? '')
        .filter((from) => !from.startsWith('node:') && from !== 'chat-marshal');
      expect(
        imported.filter((from) => !known.has(from.split('/')[0] ?? '')),
        file,
      ).toEqual([]);
    }
  });

  test('have source maps that hold our sources, and no path of the machine that built them', async () => {
    for (const file of globSync('dist/*.map', { cwd: installed })) {
      const map = z
        .object({ sources: z.array(z.string()), sourcesContent: z.array(z.string()) })
        .parse(JSON.parse(await readFile(join(installed, file), 'utf8')));
      const ours = map.sources.flatMap((source, index) =>
        source.includes('node_modules/') ? [] : [[source, map.sourcesContent[index] ?? '']],
      );
      expect(
        map.sources.filter((source) => !source.startsWith('../')),
        file,
      ).toEqual([]);
      expect(ours.length, file).toBeGreaterThan(20);
      expect(
        ours.filter(([, text]) => text === ''),
        file,
      ).toEqual([]);
    }
  });

  test('lead a stack trace back to our lines', async () => {
    const fail = "require('chat-marshal').attachChatMarshal({}, { chat: {} })";
    const said = await node(app, '--enable-source-maps', '--eval', fail).catch(({ stderr }) => ({ stderr }));
    expect(said.stderr).toMatch(/src\/(?:plugin|chat\/.*)\.ts:\d+:\d+/);
  });

  test('name the licences of what is inside', async () => {
    const text = await readFile(join(installed, 'dist/LICENSES.txt'), 'utf8');
    for (const name of ['discord.js', 'undici', 'kysely', 'pg'])
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});
