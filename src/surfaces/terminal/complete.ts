// Tab completion: which option of which command is being typed, and what fits there.
import { type Command, optionsOf } from '../../command/command.ts';
import type { Marshal } from '../../marshal.ts';
import type { Actor } from '../../moderation/actor.ts';
import { shellWords } from './shell.ts';

export interface Typist {
  readonly marshal: Pick<Marshal, 'registry' | 'completion'>;
  readonly actor: Actor;
  readonly group: string | undefined;
}

/** The option that the last word belongs to, and what of that word is its value. */
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
  const command = typist.marshal.registry.find(head.replace(/^\//, ''));
  if (command === null) return [[], last];
  if (last.startsWith('--'))
    return [
      starting(
        optionsOf(command).map(([name]) => `--${name} `),
        last,
      ),
      last,
    ];
  const place = placeOf(command, words.slice(1, -1), last);
  if (place === null) return [[], last];
  const [, done = ''] = /^(.*[,:])?/s.exec(place.typed) ?? [];
  const typed = place.typed.slice(done.length);
  const values = await valuesFor(command.name, { option: place.option, typed }, typist);
  return [values, typed];
}

const headsOf = ({ marshal }: Typist): readonly string[] => [
  ...marshal.registry.commands.map(({ name }) => `/${name} `),
  ...shellWords.map((word) => `${word} `),
];

const starting = (words: readonly string[], typed: string): string[] =>
  words.filter((word) => word.startsWith(typed));

/** What the product suggests, in the form in which it was begun; several only where they begin as typed. */
async function valuesFor(command: string, { option, typed }: Place, typist: Typist): Promise<string[]> {
  const { marshal, actor, group } = typist;
  const suggestions = await marshal.completion.suggest({ actor, command, option, typed, group });
  const bare = typed !== '' && !typed.startsWith('@');
  const values = suggestions.map(({ value }) => (bare ? value.replace(/^@/, '') : value));
  const begun = starting(values, typed);
  // The line would lose what was typed if values that begin otherwise were offered beside each other.
  return begun.length > 0 || values.length > 1 ? begun : values;
}

type Spec = ReturnType<typeof optionsOf>[number];

/** Walks over the finished words as the grammar does. */
function placeOf(command: Command, finished: readonly string[], last: string): Place | null {
  const specs = optionsOf(command);
  let positional = specs.filter(([, option]) => option.named !== true);
  let previous: Spec | undefined;
  let waiting: Spec | undefined;
  for (const word of finished) {
    const [flag, inline] = [find(specs, /^--([a-z-]+)$/, word), find(specs, /^([a-z-]+):/, word)];
    positional = positional.filter((spec) => spec !== flag && spec !== inline);
    if (waiting !== undefined) waiting = undefined;
    else if (flag !== undefined) waiting = flag[1].kind === 'flag' ? undefined : flag;
    else if (inline === undefined && !continues(previous, word)) previous = positional.shift();
  }
  const more = continues(previous, last) || finished.at(-1)?.endsWith(',') ? previous : positional[0];
  const spec = waiting ?? find(specs, /^([a-z-]+):/, last) ?? more;
  return spec === undefined ? null : { option: spec[0], typed: last };
}

/** The option that a word names by itself. */
const find = (specs: readonly Spec[], pattern: RegExp, word: string): Spec | undefined =>
  specs.find(([name]) => name === pattern.exec(word)?.[1]);

/** Whether a word adds one more member to those already named. */
const continues = (previous: Spec | undefined, word: string): boolean =>
  previous?.[1].kind === 'members' && word.startsWith('@');
