// Tab completion: which option of which command is being typed, and what fits there.
import { optionsOf } from '../../command/command.ts';
import { type Layout, layOut, type Spec } from '../../command/layout.ts';
import type { Moderation } from '../../command/service.ts';
import { unfinishedWordsOf } from '../../command/words.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { shellWords, speakingWords } from './shell.ts';

export interface Typist {
  /** Whether people of the sandbox can be made to speak. */
  readonly speaks?: boolean;
  readonly moderation: Pick<Moderation, 'registry' | 'completion'>;
  readonly actor: Actor;
  readonly group: string | undefined;
}

/** An option, and what of its value is typed. */
interface Place {
  readonly option: string;
  readonly typed: string;
}

/**
 * Completes the last word of a line, as `node:readline` asks for it.
 * @returns what may stand in its place, and the part of the line that is replaced
 */
export async function complete(line: string, typist: Typist): Promise<[string[], string]> {
  const words = unfinishedWordsOf(line);
  const last = words.at(-1)?.text ?? '';
  const head = words[0]?.text ?? '';
  if (words.length <= 1) return [starting(headsOf(typist), head), head];
  const speaking = typist.speaks === true && speakingWords.some((word) => word === head);
  // What somebody says is theirs to type.
  if (speaking && words.length > 2) return [[], last];
  if (head === 'as' || speaking)
    return [
      [
        ...(speaking ? [] : starting(['operator'], last)),
        ...(await valuesFor('whois', { option: 'member', typed: last }, typist)),
      ],
      last,
    ];
  if (head === 'group') return [await valuesFor('group', { option: 'group', typed: last }, typist), last];
  const command = typist.moderation.registry.find(head.replace(/^\//, ''));
  if (command === null) return [[], last];
  const specs = optionsOf(command);
  if (last.startsWith('--'))
    return [
      starting(
        specs.map(([name]) => `--${name} `),
        last,
      ),
      last,
    ];
  const { place, names } = openAtEnd(layOut(words.slice(1), { specs }), specs);
  const [, done = ''] = /^(.*[,:])?/s.exec(last) ?? [];
  const typed = last.slice(done.length);
  const values = place === null ? [] : await valuesFor(command.name, { option: place, typed }, typist);
  // Nothing typed yet: values come first, and names where there are none.
  const named = last === '' && values.length > 0 ? [] : starting(names, last);
  return [[...(named.length > 0 ? starting(values, typed) : values), ...named], typed];
}

const headsOf = ({ moderation, speaks }: Typist): readonly string[] => [
  ...moderation.registry.commands.map(({ name }) => `/${name} `),
  ...[...shellWords, ...(speaks === true ? speakingWords : [])].map((word) => `${word} `),
];

/** The words that begin as typed. */
export const starting = (words: readonly string[], typed: string): string[] =>
  words.filter((word) => word.startsWith(typed));

/** What the product suggests, in the form in which it was begun; several only where they begin as typed. */
async function valuesFor(command: string, { option, typed }: Place, typist: Typist): Promise<string[]> {
  const { moderation, actor, group } = typist;
  const suggestions = await moderation.completion.suggest({ actor, command, option, typed, group });
  const bare = typed !== '' && !typed.startsWith('@');
  const values = suggestions.map(({ value }) => (bare ? value.replace(/^@/, '') : value));
  const begun = starting(values, typed);
  // The line would lose what was typed if values that begin otherwise were offered beside each other.
  return begun.length > 0 || values.length > 1 ? begun : values;
}

/** What may stand at the end of a line. */
interface Open {
  /** The option whose value is being typed. */
  readonly place: string | null;
  /** The names by which options can be given, as they are typed. */
  readonly names: readonly string[];
}

/** The last word belongs to the last option that the line gives, or begins one by its name. */
function openAtEnd({ parts, extra }: Layout, specs: readonly Spec[]): Open {
  const current = extra.length > 0 ? undefined : parts.at(-1);
  const finished = current === undefined ? parts : parts.slice(0, -1);
  const given = new Set(finished.map(({ name }) => name));
  // A text is the rest of the line: no option is read in it.
  const inText = finished.some(({ option }) => option.takesRest === true);
  const begins = current === undefined || (!current.named && current.words.length === 1);
  return {
    place: current?.name ?? null,
    names: begins && !inText ? namesOf(specs.filter(([name]) => !given.has(name))) : [],
  };
}

const namesOf = (specs: readonly Spec[]): readonly string[] =>
  specs.filter(([, { named, toggle }]) => named === true && toggle !== true).map(([name]) => `${name}:`);
