// Sharing a process: whatever is imported first, discord.js keeps an HTTP client of its own.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const ours = `import { Pool } from ${JSON.stringify(new URL('../../src/util/undici/undici.ts', import.meta.url).href)};`;
const theirs = "import { Client } from 'discord.js';";
const look =
  "const used = globalThis[Symbol.for('undici.globalDispatcher.1')]; console.log(typeof Pool, typeof Client, used?.constructor.name, typeof used?.dispatch);";

describe('discord.js and our undici in one process', () => {
  it.each([
    ['ours first', [ours, theirs]],
    ['theirs first', [theirs, ours]],
  ])('%s', (_order, imports) => {
    const script = [...imports, look].join('\n');
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('../..', import.meta.url).pathname,
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('function function Agent function');
  });
});
