// The text of a settings file into settings, or into every fault of it with line and column.

import type { z } from 'zod';
import { message } from '../i18n/message.ts';
import { defaultSettings, type Settings } from '../moderation/settings.ts';
import { effectiveSettings } from './effective.ts';
import { LARGEST, type Path, type Problem, pathText, type SettingsFault, tooLarge } from './fault.ts';
import type { SettingsCommands } from './schema.ts';
import { choosing, problemIn, settingsSchema } from './schema.ts';
import { type Content, parseYaml } from './yaml.ts';

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  /** In the order of the file; at most 100. */
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

export interface SettingsContext {
  readonly commands: SettingsCommands;
}

const MOST_FAULTS = 100;

/** Reads the text of a settings file. Never throws, and never shows a value that could be a token. */
export function readSettings(text: string, { commands }: SettingsContext): SettingsResult {
  if (Buffer.byteLength(text) > LARGEST) return refused([tooLarge]);
  const { content, faults: unreadable } = parseYaml(text.replace(/^\uFEFF/, ''));
  if (content === null) return refused(unreadable);
  const read = settingsSchema(commands).safeParse(content.value);
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

interface Found {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly problem: Problem;
}

const faultsOf = (issue: z.core.$ZodIssue, content: Content): readonly SettingsFault[] =>
  problemsOf(issue).map(({ path, part, problem }) => ({
    ...content.placeOf(path, part),
    message: problem(pathText(path)),
  }));

function problemsOf(issue: z.core.$ZodIssue): readonly Found[] {
  // YAML has no other keys.
  const path = issue.path.map((key) => (typeof key === 'symbol' ? '' : key));
  const about = (problem: Problem): Found => ({ path, part: 'value', problem });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], issue.message.split(' ')));
    case 'invalid_key':
      return issue.issues.flatMap(problemsOf).map(({ problem }) => ({ path, part: 'key', problem }));
    case 'invalid_union':
      return quotaProblems(issue, path);
    case 'custom':
      return [about(problemIn(issue))];
    case 'invalid_type':
      if (issue.expected === 'array') return [about((at) => message('settings.list', { path: at }))];
      if (path.length === 0) return [about(() => message('settings.root'))];
      return [about((at) => message('settings.map', { path: at }))];
    default:
      throw new Error(`the schema of the settings has no words for ${issue.code}`);
  }
}

const unknownKey = (path: Path, known: readonly string[]): Found => ({
  path,
  part: 'key',
  problem: choosing(path.at(-1), known, 'settings.unknownKey'),
});

/** The only choice between shapes is `quota`: off, or a map, whose own problems say more where it is one. */
function quotaProblems({ errors }: z.core.$ZodIssueInvalidUnion, path: Path): readonly Found[] {
  const ofMap = errors.at(-1) ?? [];
  if (ofMap.some(({ code }) => code === 'invalid_type')) {
    return [{ path, part: 'value', problem: (at) => message('settings.quota', { path: at }) }];
  }
  return ofMap.flatMap(problemsOf).map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}
