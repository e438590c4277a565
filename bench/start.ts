// From the start of the process to ready, and resident memory then, beside a discord.js client that does nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { median, ms, type Row, times } from './measure.ts';
import { type Started, startStage } from './stage.ts';

const runs = 7;

async function startOnce(bot: string, env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const stage = await startStage(bot, env);
  await stage.close();
  return stage.started;
}

/** The bot in one file, as `npm run build` makes the program, with the compile cache that the program switches on. */
async function bundled(folder: string) {
  const outfile = join(folder, 'ours.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'bots/ours.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22.19',
    minifySyntax: true,
    minifyWhitespace: true,
    external: ['zlib-sync', 'bufferutil', 'utf-8-validate', 'pg-native'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return { bot: pathToFileURL(outfile).href, env: { NODE_COMPILE_CACHE: join(folder, 'cache') } };
}

export async function benchStart(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'chat-marshal-bench-'));
  try {
    const { bot, env } = await bundled(folder);
    // The first start fills the cache.
    await startOnce(bot, env);
    return await compare(() => startOnce(bot, env));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function compare(startOurs: () => Promise<Started>): Promise<readonly Row[]> {
  const pairs: (readonly [Started, Started])[] = [];
  for (let run = 0; run < runs; run += 1) pairs.push([await startOurs(), await startOnce('bots/idle.ts')]);
  const middle = (pick: (pair: readonly [Started, Started]) => number) => median(pairs.map(pick));
  const mb = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  return [
    {
      name: 'start to ready',
      ours: ms(middle(([ours]) => ours.ready)),
      floor: ms(middle(([, idle]) => idle.ready)),
      ratio: times(middle(([ours, idle]) => ours.ready / idle.ready)),
      aim: '≤ 1.15x',
    },
    {
      name: 'resident memory at ready',
      ours: mb(middle(([ours]) => ours.rss)),
      floor: mb(middle(([, idle]) => idle.rss)),
      ratio: times(middle(([ours, idle]) => ours.rss / idle.rss)),
      aim: '≤ 1.25x',
    },
  ];
}
