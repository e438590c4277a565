// The grammar of a command typed as a line: `/mute @bob 3600 spamming the lobby`.
import { literal, type Message, message } from '../i18n/message.ts';
import { type Read, readAs, refuse } from '../i18n/read.ts';
import { refusalOf } from '../request/doubt.ts';
import type { Doubt, RawOptions, Reading } from '../request/request.ts';
import { type Command, optionsOf, usageOf } from './command.ts';
import { type Grammar, isNamed, layOut, type Part, type Spec } from './layout.ts';
import { lineOf } from './line.ts';
import type { Registry } from './registry.ts';
import { unknownCommand } from './unknown-command.ts';
import { unquoted, type Word, wordsOf } from './words.ts';

export interface ParsedLine {
  readonly command: Command;
  readonly options: RawOptions;
}

/** A line that can be read in several ways: a request with this doubt is asked about. */
export interface DoubtfulLine extends ParsedLine {
  /** What is the same in all readings. */
  readonly options: RawOptions;
  readonly doubt: Doubt;
}

export type Parsed =
  | { readonly ok: true; readonly value: ParsedLine }
  /** `doubtful`: where somebody can be asked, the line is no refusal yet. */
  | { readonly ok: false; readonly problem: Message; readonly doubtful?: DoubtfulLine };

/** Reads a line: the name of a command, and its options as `layout.ts` lays them out. */
export function parseLine(line: string, registry: Registry): Parsed {
  const [head, ...words] = wordsOf(line);
  if (head === undefined) return refuse(message('refused.emptyLine'));
  const name = head.text.replace(/^\//, '');
  const command = registry.find(name);
  if (command === null) return refuse(notACommand(head.text, registry));
  const specs = optionsOf(command);
  const misread = command.kind === 'changing' ? command.misread : undefined;
  const typed: Typed = { line, words, command, grammar: { specs, misread } };
  const doubt = doubtIn(typed, []);
  if (doubt === null || doubt.readings.length === 0) {
    const options = optionsIn(typed, []);
    return options.ok ? readAs({ command, options: options.value }) : options;
  }
  const options = commonTo(doubt.readings.map((reading) => reading.options));
  return { ok: false, problem: refusalOf(doubt), doubtful: { command, options, doubt } };
}

/**
 * What a surface makes its request of. A doubtful line is one where its asker can be asked, and a refusal elsewhere.
 */
export function askedFor(parsed: Parsed, canAsk: boolean): Read<ParsedLine & { readonly doubt?: Doubt }> {
  if (parsed.ok) return parsed;
  return canAsk && parsed.doubtful !== undefined ? readAs(parsed.doubtful) : refuse(parsed.problem);
}

/** What other programs begin a command with, and what an input method makes of the slash. */
const PREFIX = /^[／!！?？.。$%&;；>~\\-]+/;

function notACommand(typed: string, registry: Registry): Message {
  const command = registry.find(typed.replace(PREFIX, ''));
  return command === null
    ? unknownCommand(typed.replace(/^\//, '').replace(PREFIX, ''), registry.commands)
    : message('refused.otherPrefix', { input: typed.slice(0, 40), usage: literal(usageOf(command)) });
}

interface Typed {
  readonly line: string;
  /** The words after the command's name. */
  readonly words: readonly Word[];
  readonly command: Command;
  readonly grammar: Grammar;
}

/** The first doubt after these decisions, with the readings that can be read at all; `null` where there is none. */
function doubtIn(typed: Typed, decisions: readonly number[]): Doubt | null {
  const { doubt } = layOut(typed.words, typed.grammar, decisions);
  if (doubt === undefined) return null;
  const readings = doubt.choices.flatMap((choice, index): readonly Reading[] => {
    const decided = [...decisions, index];
    const options = optionsIn(typed, decided);
    if (!options.ok || !isComplete(typed.grammar.specs, options.value)) return [];
    const more = doubtIn(typed, decided);
    const line = lineOf(typed.command.name, options.value);
    return [{ choice, options: options.value, line, ...(more === null ? {} : { doubt: more }) }];
  });
  return { message: doubt.message, readings };
}

/** Whether options have all that the command needs, and each can be read. */
const isComplete = (specs: readonly Spec[], options: RawOptions): boolean =>
  specs.every(([name, option]) => {
    const raw = options[name];
    return raw === undefined ? !option.required : option.read(raw, name).ok;
  });

const commonTo = ([first = {}, ...others]: readonly RawOptions[]): RawOptions =>
  Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((other) => other[name] === value)),
  );

function optionsIn({ line, words, command, grammar }: Typed, decisions: readonly number[]): Read<RawOptions> {
  const { parts, extra } = layOut(words, grammar, decisions);
  const options: Record<string, string> = {};
  for (const part of parts) {
    if (part.name in options) return refuse(message('refused.optionTwice', { option: literal(part.name) }));
    const value = isText(part)
      ? textOf(line, part, grammar.specs)
      : readAs({ text: wordOf(part), dryRun: false });
    if (!value.ok) return value;
    options[part.name] = value.value.text;
    if (value.value.dryRun) options['dry-run'] = 'true';
  }
  const [first] = extra;
  if (first === undefined) return readAs(options);
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
  if (more.length === 0 && !keepsQuotes) return unquoted(only);
  // A comma after the last name of a list begins nothing.
  return words
    .map(({ text }) => text)
    .join(' ')
    .replace(/^,+|,+$/g, '');
}
