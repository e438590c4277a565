// The grammar of a command typed as a line: `/mute @bob 3600 spamming the lobby`.
import { literal, message } from '../i18n/message.ts';
import { type Read, readAs, refuse } from '../i18n/read.ts';
import type { RawOptions } from '../request/request.ts';
import { type Command, optionsOf, usageOf } from './command.ts';
import { isNamed, layOut, type Part, type Spec } from './layout.ts';
import { type Registry, unknownCommand } from './registry.ts';
import { unquoted, type Word, wordsOf } from './words.ts';

export interface ParsedLine {
  readonly command: Command;
  readonly options: RawOptions;
}

/** Reads a line: the name of a command, and its options as `layout.ts` lays them out. */
export function parseLine(line: string, registry: Registry): Read<ParsedLine> {
  const [head, ...words] = wordsOf(line);
  if (head === undefined) return refuse(message('refused.emptyLine'));
  const name = head.text.replace(/^\//, '');
  const command = registry.find(name);
  if (command === null) return refuse(unknownCommand(name, registry.commands));
  const specs = optionsOf(command);
  const { parts, extra } = layOut(words, specs);
  const options: Record<string, string> = {};
  for (const part of parts) {
    if (part.name in options) return refuse(message('refused.optionTwice', { option: literal(part.name) }));
    const value = isText(part) ? textOf(line, part, specs) : readAs({ text: wordOf(part), dryRun: false });
    if (!value.ok) return value;
    options[part.name] = value.value.text;
    if (value.value.dryRun) options['dry-run'] = 'true';
  }
  const [first] = extra;
  if (first === undefined) return readAs({ command, options });
  const input = line.slice(first.start).trim();
  return refuse(message('refused.extraWords', { input, usage: literal(usageOf(command)) }));
}

const isDryRun = ({ text }: Word): boolean => text === '--dry-run';

/** Whether a part is text as it stands in the line, and no single quoted word. */
const isText = ({ option, words: [first, ...more] }: Part): boolean =>
  option.takesRest === true && first !== undefined && (!first.quoted || more.length > 0);

/** The rest of the line is text; an option written inside it is refused rather than overlooked. */
function textOf(
  line: string,
  { words }: Part,
  specs: readonly Spec[],
): Read<{ readonly text: string; readonly dryRun: boolean }> {
  const stray = words.slice(1).find((word) => !isDryRun(word) && isNamed(word, specs));
  if (stray !== undefined) return refuse(message('refused.optionInText', { input: stray.text }));
  const dryRun = words.some(isDryRun);
  const kept = words.filter((word) => !isDryRun(word)).map(({ text }) => text);
  return readAs({ text: dryRun ? kept.join(' ') : line.slice(words[0]?.start).trim(), dryRun });
}

function wordOf({ option, named, words }: Part): string {
  const [only, ...more] = words;
  if (only === undefined) return option.toggle === true ? 'true' : '';
  const keepsQuotes = option.readsQuotes === true && !named;
  return more.length === 0 && !keepsQuotes ? unquoted(only) : words.map(({ text }) => text).join(' ');
}
