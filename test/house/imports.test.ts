// The linter keeps the house: imports run downwards only, no circle even of types, and no folder is a maze.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

/** What the linter says of these files, with the project's own rules. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(
    join(folder, 'biome.json'),
    JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
  );
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', '--error-on-warnings', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

const importing = (type: string, from: string) =>
  `import type { ${type} } from '${from}';\n\nexport type Planted = ${type};\n`;

describe('an import', () => {
  it.each([
    ['of the pipeline, in util', 'src/util/planted.ts', '../pipeline/deps.ts'],
    ['of a command, in the settings', 'src/settings/planted.ts', '../command/command.ts'],
    ['of the store, in a surface', 'src/surfaces/discord/replies/planted.ts', '../../../store/store.ts'],
    ['of another step’s neighbour, in automod', 'src/automod/planted.ts', '../pipeline/pipeline.ts'],
    ['of the client, in moderation', 'src/moderation/groups/planted.ts', '../../chat/client/client.ts'],
    ['of anything but the protocol, in the sandbox', 'src/sandbox/chat/planted.ts', '../../chat/chat.ts'],
    ['of anything but src/command, in a command', 'commands/planted.ts', '../src/moderation/place.ts'],
    ['of the program, anywhere', 'src/pipeline/find/planted.ts', '../../main.ts'],
  ])('%s is an error', (_which, path, from) => {
    expect(lint({ [path]: importing('Anything', from) })).toContain('lint/style/noRestrictedImports');
  });

  it('that runs downwards is none', () => {
    const files = {
      'src/pipeline/find/planted.ts': importing('Deps', '../../command/command.ts'),
      'src/surfaces/http/planted.ts': importing('Webhook', '../../chat/protocol/webhooks.ts'),
      'src/jobs/planted.ts': importing('Store', '../store/store.ts'),
      'commands/planted.ts': importing('Command', '../src/command/index.ts'),
    };
    expect(lint(files)).not.toContain('noRestrictedImports');
  });

  it('of types that closes a circle is an error', () => {
    const files = {
      'src/util/one.ts': importing('Two', './two.ts').replace('Planted', 'One'),
      'src/util/two.ts': importing('One', './one.ts').replace('Planted', 'Two'),
    };
    expect(lint(files)).toContain('lint/suspicious/noImportCycles');
  });
});

describe('the tree', () => {
  const files = globSync('{src,test,bench}/**/*.ts', { cwd: root });

  it('has at most 14 files a folder', () => {
    const folders = Map.groupBy(files, dirname);
    const crowded = [...folders].filter(([, list]) => list.length > 14).map(([folder]) => folder);
    expect(crowded).toEqual([]);
  });

  /** Tables are read by looking up one entry: their length is no burden. */
  const tables = ['src/chat/protocol/endpoints.ts', 'src/i18n/messages.gen.ts'];

  it('has no file of more than 400 lines but tables', () => {
    const long = globSync('{src,commands}/**/*.ts', { cwd: root }).filter(
      (file) => !tables.includes(file) && readFileSync(join(root, file), 'utf8').split('\n').length > 401,
    );
    expect(long).toEqual([]);
  });
});
