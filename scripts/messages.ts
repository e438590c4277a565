// Writes down what each English message takes, so that the compiler checks the values that code gives it.
// `node scripts/messages.ts` renews the file, `--check` fails when it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** What a placeholder takes: a number, a word that a `select` looks up, or anything that can be shown. */
type Kind = 'number' | 'word' | 'any';

const catalogue = new URL('../src/i18n/en.json', import.meta.url);
const generated = new URL('../src/i18n/messages.gen.ts', import.meta.url);

const head = `// What each message takes, from en.json. Written by \`npm run messages\`; do not edit.
export interface Placeholders {
`;

/**
 * The generated file for a catalogue, one line a message, in the catalogue's order.
 * @throws Error with the message's id for what the program cannot show: tags, dates, contradictory uses
 */
export function placeholdersFile(catalogue: Readonly<Record<string, string>>): string {
  const lines = Object.entries(catalogue).map(([id, text]) => `  '${id}': ${typeOf(id, text)};\n`);
  return `${head}${lines.join('')}}\n`;
}

function typeOf(id: string, text: string): string {
  const kinds = new Map<string, Kind>();
  for (const [name, kind] of placeholders(id, parse(text))) {
    const known = kinds.get(name) ?? 'any';
    if (known !== 'any' && kind !== 'any' && kind !== known) {
      throw new Error(`${id}: {${name}} is both a ${known} and a ${kind}`);
    }
    kinds.set(name, kind === 'any' ? known : kind);
  }
  if (kinds.size === 0) return 'Record<never, never>';
  return `{ ${[...kinds].map(([name, kind]) => `${name}: '${kind}'`).join('; ')} }`;
}

function* placeholders(id: string, elements: readonly MessageFormatElement[]): Generator<[string, Kind]> {
  for (const element of elements) {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        break;
      case TYPE.argument:
        yield [element.value, 'any'];
        break;
      case TYPE.number:
        yield [element.value, 'number'];
        break;
      case TYPE.plural:
      case TYPE.select:
        yield [element.value, element.type === TYPE.plural ? 'number' : 'word'];
        for (const option of Object.values(element.options)) yield* placeholders(id, option.value);
        break;
      default:
        throw new Error(
          `${id} holds <${element.value}> or a date. Surfaces show moments: write {${element.value}}`,
        );
    }
  }
}

function run(check: boolean): void {
  const wanted = placeholdersFile(JSON.parse(readFileSync(catalogue, 'utf8')));
  if (!check) {
    writeFileSync(generated, wanted);
  } else if (!existsSync(generated) || readFileSync(generated, 'utf8') !== wanted) {
    process.stderr.write(
      'src/i18n/messages.gen.ts does not fit src/i18n/en.json. Renew it: npm run messages\n',
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) run(process.argv.includes('--check'));
