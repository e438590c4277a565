// Tab completion: which option of which command is being typed, and what fits there.
import { type Command, optionsOf } from '../../command/command.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import type { ModerationService } from '../../pipeline/service.ts';
import { shellWords } from './shell.ts';

export interface Typist {
  readonly moderation: Pick<ModerationService, 'registry' | 'completion'>;
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
  const words = line.trimStart().split(/\s+/);
  const last = words.at(-1) ?? '';
  const [head = ''] = words;
  if (words.length === 1) return [starting(headsOf(typist), head), head];
  if (head === 'as')
    return [
      [
        ...starting(['operator'], last),
        ...(await valuesFor('whois', { option: 'member', typed: last }, typist)),
      ],
      last,
    ];
  if (head === 'group') return [await valuesFor('group', { option: 'group', typed: last }, typist), last];
  const command = typist.moderation.registry.find(head.replace(/^\//, ''));
  if (command === null) return [[], last];
  if (last.startsWith('--'))
    return [
      starting(
        optionsOf(command).map(([name]) => `--${name} `),
        last,
      ),
      last,
    ];
  const { place, names } = placeOf(command, words.slice(1, -1), last);
  const [, done = ''] = /^(.*[,:])?/s.exec(last) ?? [];
  const typed = last.slice(done.length);
  const values = place === null ? [] : await valuesFor(command.name, { option: place, typed }, typist);
  // Nothing typed yet: values come first, and names where there are none.
  const named = last === '' && values.length > 0 ? [] : starting(names, last);
  return [[...(named.length > 0 ? starting(values, typed) : values), ...named], typed];
}

const headsOf = ({ moderation }: Typist): readonly string[] => [
  ...moderation.registry.commands.map(({ name }) => `/${name} `),
  ...shellWords.map((word) => `${word} `),
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

type Spec = ReturnType<typeof optionsOf>[number];

/** What may stand at the end of a line. */
interface Open {
  /** The option whose value is being typed. */
  readonly place: string | null;
  /** The names by which options can be given, as they are typed. */
  readonly names: readonly string[];
}

/** Walks over the finished words as the grammar does. */
function placeOf(command: Command, finished: readonly string[], last: string): Open {
  const specs = optionsOf(command);
  const given = new Set<Spec>();
  let positional = specs.filter(([, option]) => option.named !== true);
  let previous: Spec | undefined;
  let waiting: Spec | undefined;
  for (const word of finished) {
    const [flag, inline] = [find(specs, /^--([a-z-]+)$/, word), find(specs, /^([a-z-]+):/, word)];
    const named = flag ?? inline;
    if (named !== undefined) given.add(named);
    positional = positional.filter((spec) => spec !== named);
    if (waiting !== undefined) waiting = undefined;
    else if (flag !== undefined) waiting = flag[1].kind === 'flag' ? undefined : flag;
    else if (inline !== undefined) waiting = word.endsWith(':') ? inline : undefined;
    else if (!continues(previous, word)) previous = positional.shift();
    if (previous !== undefined) given.add(previous);
  }
  const more = continues(previous, last) || finished.at(-1)?.endsWith(',') ? previous : undefined;
  const own = waiting ?? find(specs, /^([a-z-]+):/, last) ?? more;
  // A text is the rest of the line: no option is read in it.
  const inText = [...given].some(([, option]) => option.takesRest === true);
  return {
    place: (own ?? positional[0])?.[0] ?? null,
    names: own === undefined && !inText ? namesOf(specs.filter((spec) => !given.has(spec))) : [],
  };
}

const namesOf = (specs: readonly Spec[]): readonly string[] =>
  specs.filter(([, { named, kind }]) => named === true && kind !== 'flag').map(([name]) => `${name}:`);

/** The option that a word names by itself. */
const find = (specs: readonly Spec[], pattern: RegExp, word: string): Spec | undefined =>
  specs.find(([name]) => name === pattern.exec(word)?.[1]);

/** Whether a word adds one more member to those already named. */
const continues = (previous: Spec | undefined, word: string): boolean =>
  previous?.[1].kind === 'members' && word.startsWith('@');
