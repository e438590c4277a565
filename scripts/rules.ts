// Writes the tables of rule parts into docs/rules.md. `node scripts/rules.ts` renews them, `--check` fails when they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../commands/index.ts';
import { partsPage } from '../src/automod/page.ts';
import { commandOptions } from '../src/automod/reader.ts';

const page = new URL('../docs/rules.md', import.meta.url);
const [begin, end] = ['<!-- parts: written by `node scripts/rules.ts` -->', '<!-- end of parts -->'];

/** The page with fresh tables. @throws Error where the page lacks its marks */
export function withParts(text: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error('docs/rules.md lacks the marks between which the parts stand');
  return `${text.slice(0, from)}${begin}\n\n${partsPage(commandOptions(commands))}\n\n${text.slice(to)}`;
}

if (import.meta.main) {
  const text = readFileSync(page, 'utf8');
  const fresh = withParts(text);
  if (!process.argv.includes('--check')) writeFileSync(page, fresh);
  else if (fresh !== text) {
    process.stderr.write('docs/rules.md is stale: run node scripts/rules.ts\n');
    process.exitCode = 1;
  }
}
