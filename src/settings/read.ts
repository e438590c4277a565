// The text of a settings file into settings, or into every fault of it with line and column.
import type { z } from 'zod';
import { type Message, message } from '../i18n/message.ts';
import { defaultSettings, type Settings } from '../moderation/settings.ts';
import { effectiveSettings } from './effective.ts';
import { LARGEST, type Path, pathText, type SettingsFault, tooLarge } from './fault.ts';
import { choosing, settingsSchema } from './schema.ts';
import { type Content, parseYaml } from './yaml.ts';

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  /** In the order of the file; at most 100. */
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

export interface SettingsContext {
  /** Names of the commands there are, for `reasons`. */
  readonly commandNames: readonly string[];
}

const MOST_FAULTS = 100;

/** Reads the text of a settings file. Never throws, and never shows a value that could be a token. */
export function readSettings(text: string, { commandNames }: SettingsContext): SettingsResult {
  if (Buffer.byteLength(text) > LARGEST) return refused([tooLarge]);
  const { content, faults: unreadable } = parseYaml(text.replace(/^\uFEFF/, ''));
  if (content === null) return refused(unreadable);
  const read = settingsSchema(commandNames).safeParse(content.value);
  const faulty = (read.error?.issues ?? []).flatMap((issue) => faultsOf(issue, content));
  // What could not be read is blank to the schema, which is not worth a second sentence.
  const faults = [...unreadable, ...faulty.filter((one) => !unreadable.some((other) => isAt(one, other)))];
  if (faults.length > 0 || !read.success) return refused(faults);
  return { ok: true, settings: read.data === undefined ? defaultSettings : effectiveSettings(read.data) };
}

const isAt = (a: SettingsFault, b: SettingsFault): boolean => a.line === b.line && a.column === b.column;

function refused(faults: readonly SettingsFault[]): SettingsResult {
  const inOrder = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, faults: inOrder.slice(0, MOST_FAULTS) };
}

interface Problem {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly message: Message;
}

const faultsOf = (issue: z.core.$ZodIssue, content: Content): readonly SettingsFault[] =>
  problemsOf(issue).map(({ path, part, message: { id, values } }) => ({
    ...content.placeOf(path, part),
    message: message(id, { path: pathText(path), ...values }),
  }));

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  // YAML has no other keys.
  const path = issue.path.map((key) => (typeof key === 'symbol' ? '' : key));
  const about = (problem: Message): Problem => ({ path, part: 'value', message: problem });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(' ')));
    case 'invalid_key':
      return issue.issues.flatMap(problemsOf).map(({ message }) => ({ path, part: 'key', message }));
    case 'invalid_union':
      return quotaProblems(issue, path);
    case 'custom':
      return [about(problemIn(issue))];
    case 'invalid_type':
      if (issue.expected === 'array') return [about(message('settings.list'))];
      return [about(message(path.length === 0 ? 'settings.root' : 'settings.map'))];
    default:
      throw new Error(`the schema of the settings has no words for ${issue.code}`);
  }
}

function unknownKey(path: Path, known: readonly string[]): Problem {
  const ids = { plain: 'settings.unknownKey', didYouMean: 'settings.unknownKeyDidYouMean' } as const;
  return { path, part: 'key', message: choosing(path.at(-1), known, ids) };
}

/** The only choice between shapes is `quota`: off, or a map, whose own problems say more where it is one. */
function quotaProblems({ errors }: z.core.$ZodIssueInvalidUnion, path: Path): readonly Problem[] {
  const ofMap = errors.at(-1) ?? [];
  if (ofMap.some(({ code }) => code === 'invalid_type')) {
    return [{ path, part: 'value', message: message('settings.quota') }];
  }
  return ofMap.flatMap(problemsOf).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

function problemIn({ params }: z.core.$ZodIssueCustom): Message {
  // The schema puts nothing else there.
  const problem: Message = params?.problem;
  return problem;
}
