// What zod finds wrong with the settings, as places and sentences.
import type { z } from 'zod';
import { message } from '../i18n/message.ts';
import type { Path, Problem } from './fault.ts';
import { choosing, problemIn } from './shape.ts';

/** What is wrong, and where: at a key or at its value. */
export interface Found {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly problem: Problem;
}

/** Every fault that an issue stands for. @throws Error for an issue that no schema of the settings makes */
export function problemsOf(issue: z.core.$ZodIssue): readonly Found[] {
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
