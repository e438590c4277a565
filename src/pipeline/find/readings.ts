// Which reading of a field of members holds: the one in which everybody is known. Several are a doubt.
import { lineOf } from '../../command/line.ts';
import { typedAs } from '../../command/options/members.ts';
import type { MemberReference, MembersNamed } from '../../command/options/option.ts';
import { type Message, message } from '../../i18n/message.ts';
import { labelOf, type MemberFacts } from '../../moderation/groups/facts.ts';
import type { Unknown } from '../../moderation/groups/members.ts';
import type { Doubt, RawOptions, Reading } from '../../request/request.ts';

/** What became of one reference. */
export type Match =
  | { readonly kind: 'member'; readonly member: MemberFacts; readonly label: boolean }
  /** Known, and never acted on. */
  | { readonly kind: 'refused'; readonly target: string; readonly why: Message }
  | { readonly kind: 'unknown'; readonly unknown: Unknown };

/** Who is named: everybody is known. */
export interface Named {
  readonly members: readonly MemberFacts[];
  readonly refused: readonly Unknown[];
}

export type Chosen =
  | ({ readonly kind: 'named' } & Named)
  | { readonly kind: 'unknown'; readonly refused: readonly Unknown[] }
  | { readonly kind: 'doubt'; readonly readings: readonly (Named & { readonly choice: string })[] };

/** @param matchOf what became of each reference of the readings */
export function chooseReading(named: MembersNamed, matchOf: (reference: MemberReference) => Match): Chosen {
  const readings = named.map((references) => references.map(matchOf));
  const complete = readings.filter((matches) => matches.every(({ kind }) => kind !== 'unknown'));
  const [likeliest] = complete;
  // Each word of a list is looked at by itself: the last reading names them all.
  if (likeliest === undefined) return { kind: 'unknown', refused: unknownOf(readings.at(-1) ?? []) };
  const [only] = likeliest;
  const isLabel = likeliest.length === 1 && only?.kind === 'member' && only.label;
  const different = complete
    .map((matches) => ({ choice: choiceFor(readings, matches), ...namedBy(matches) }))
    .filter((one, index, all) => all.findIndex((other) => isSame(one, other)) === index);
  return isLabel || different.length === 1
    ? { kind: 'named', ...namedBy(likeliest) }
    : { kind: 'doubt', readings: different };
}

function choiceFor(readings: readonly (readonly Match[])[], matches: readonly Match[]): string {
  if (matches.length === 1) return 'one';
  const lists = readings.filter(({ length }) => length > 1);
  return lists.length > 1 && matches === lists.at(-1) ? 'words' : 'several';
}

/** A list with somebody unknown is refused as a whole: what was taken for names may be anything else. */
function unknownOf(matches: readonly Match[]): readonly Unknown[] {
  const strangers = matches.flatMap((match) => (match.kind === 'unknown' ? [match.unknown] : []));
  const others = matches.flatMap((match) => {
    if (match.kind === 'unknown') return [];
    if (match.kind === 'refused') return [{ target: match.target, problem: match.why }];
    const { member } = match;
    return [{ target: member.account, problem: message('refused.wholeList', { member: labelOf(member) }) }];
  });
  return [...strangers, ...others];
}

function namedBy(matches: readonly Match[]): Named {
  const members = matches.flatMap((match) => (match.kind === 'member' ? [match.member] : []));
  return {
    members: [...new Map(members.map((member) => [member.account, member])).values()],
    refused: matches.flatMap((match) =>
      match.kind === 'refused' ? [{ target: match.target, problem: match.why }] : [],
    ),
  };
}

const targetsOf = ({ members, refused }: Named): readonly string[] =>
  [...members.map(({ account }) => account), ...refused.map(({ target }) => target)].sort();

const isSame = (one: Named, other: Named): boolean =>
  targetsOf(one).join('\n') === targetsOf(other).join('\n');

/** The doubt about whom a field names; each reading is told by the accounts that it comes to. */
export function doubtAbout(
  command: string,
  options: RawOptions,
  option: string,
  readings: readonly (Named & { readonly choice: string })[],
): Doubt {
  return {
    message: message('doubt.names', { input: options[option] ?? '' }),
    readings: readings.map(({ choice, ...named }): Reading => {
      const clear = {
        ...options,
        [option]: targetsOf(named)
          .map((account) => `@${typedAs(account)}`)
          .join(' '),
      };
      return { choice, options: clear, line: lineOf(command, clear), who: named.members.map(labelOf) };
    }),
  };
}
