// The shape of the settings file: what each key may hold, and the sentence for what it may not.
import { z } from 'zod';
import { locales } from '../i18n/locale.ts';
import { literal, message } from '../i18n/message.ts';
import { capabilities, type Rank } from '../moderation/capability.ts';
import { readDuration } from '../moderation/duration.ts';
import {
  defaults,
  type Grant,
  inGroupReaches,
  inGroupReplies,
  onFailures,
  type Quota,
  type Rung,
  tellings,
} from '../moderation/settings.ts';
import { nearest } from '../util/nearest.ts';
import { type Problem, tokenName } from './fault.ts';

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

const accept = <Value>(value: Value): Read<Value> => ({ ok: true, value });
const refuse = (problem: Problem): Read<never> => ({ ok: false, problem });

/** What `problemIn` finds again. */
const problemAt = (path: (string | number)[], problem: Problem) =>
  ({ code: 'custom', path, params: { problem } }) as const;

export function problemIn({ params }: z.core.$ZodIssueCustom): Problem {
  // The schema puts nothing else there.
  const problem: Problem = params?.problem;
  return problem;
}

/** A value with a reader of its own, whose problem is handed on as it is. */
const leaf = <Value>(read: (input: unknown) => Read<Value>) =>
  z.unknown().transform((input, context): Value => {
    const result = read(input);
    if (result.ok) return result.value;
    context.addIssue(problemAt([], result.problem));
    return z.NEVER;
  });

/** Known keys only. An unknown one is reported with the known ones, parted by blanks, as the issue's text. */
const map = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : undefined),
  });

/** A part of the file that may be left out, or blank: its keys are often commented out one by one. */
const section = <Inner extends z.ZodType>(inner: Inner) =>
  z.preprocess((input) => input ?? undefined, inner.optional());

/** That a word is none of the choices; another sentence than `id` names the one that may be meant. */
export function choosing(
  word: unknown,
  choices: readonly string[],
  id: 'settings.choice' | 'settings.unknownKey',
): Problem {
  const listed = { choices: literal(choices.join(', ')) };
  const suggestion = typeof word === 'string' ? nearest(word.slice(0, 50), choices) : null;
  return suggestion === null
    ? (path) => message(id, { path, ...listed })
    : (path) => message(`${id}DidYouMean`, { path, ...listed, suggestion: literal(suggestion) });
}

const choice = <Value extends string>(choices: readonly Value[]) =>
  leaf((input) => {
    const found = choices.find((one) => one === input);
    return found === undefined ? refuse(choosing(input, choices, 'settings.choice')) : accept(found);
  });

const setOf = <Value>(item: z.ZodType<Value>) => z.array(item).transform((items) => new Set(items));

const count = leaf((input) =>
  typeof input === 'number' && Number.isSafeInteger(input) && input >= 1
    ? accept(input)
    : refuse((path) => message('settings.count', { path })),
);

const ranks: readonly Rank[] = [1, 2, 3];
const rank = leaf((input) => {
  const found = ranks.find((one) => one === input);
  return found === undefined ? refuse((path) => message('settings.rank', { path })) : accept(found);
});

/** What a moderator could have typed; a bare number is seconds there, too. */
const typed = (input: unknown): string | null =>
  typeof input === 'string' || typeof input === 'number' ? String(input) : null;

/** A length of time that ends, in seconds. */
const span = leaf((input) => {
  const read = readDuration(typed(input) ?? '');
  return read.ok && read.value !== 'permanent'
    ? accept(read.value.seconds)
    : refuse((path) => message('settings.time', { path }));
});

/** Stays as it was typed: the command reads it again. */
const duration = leaf((input) => {
  const text = typed(input) ?? '';
  const read = readDuration(text);
  return read.ok
    ? accept(text)
    : refuse((path) => message('settings.duration', { path, problem: read.problem }));
});

/** The file's reader leaves words as words. */
const yesNo = leaf((input) =>
  input === 'true' || input === 'false'
    ? accept(input === 'true')
    : refuse((path) => message('settings.yesNo', { path })),
);

/** One word says only where. */
const inGroup = z.preprocess(
  (input) => (typeof input === 'string' ? { groups: input } : input),
  map({
    groups: choice(inGroupReaches).optional(),
    refuse: yesNo.optional(),
    reply: choice(inGroupReplies).optional(),
  }),
);

const snowflake = /^\d{17,20}$/;

const channel = leaf((input) => {
  if (typeof input === 'number') return refuse((path) => message('settings.bareId', { path }));
  return typeof input === 'string' && snowflake.test(input)
    ? accept(input)
    : refuse((path) => message('settings.channelId', { path }));
});

/** A text that matches, as a key or an item. */
const matching = (pattern: RegExp, problem: Problem) =>
  leaf((input) => (typeof input === 'string' && pattern.test(input) ? accept(input) : refuse(problem)));

const groupId = matching(/^\P{Cc}+$/u, (path) => message('settings.groupId', { path }));

const quota = z.union([
  z.literal('off').transform(() => null),
  map({ members: count, within: span }).transform(
    ({ members, within }): Quota => ({ members, seconds: within }),
  ),
]);

const rungOf = (commands: SettingsCommands['onLadder']) =>
  map({
    points: count,
    within: span.optional(),
    action: choice([...commands.keys()]),
    duration: duration.optional(),
  }).superRefine(({ action, duration }, context) => {
    const takesDuration = commands.get(action)?.takesDuration === true;
    if (takesDuration === (duration !== undefined)) return;
    context.addIssue(
      problemAt(['duration'], (path) =>
        takesDuration
          ? message('settings.needsDuration', { path })
          : message('settings.noDuration', { path, action: literal(action) }),
      ),
    );
  });

/** Highest first; of equal points, those within the shorter time, which is harder to reach. */
const byHeight = (a: Rung, b: Rung): number => b.points - a.points || a.within - b.within;

const warningsOf = (commands: SettingsCommands['onLadder']) =>
  map({ last: span.optional(), ladder: z.array(rungOf(commands)).optional() }).transform(
    ({ last = defaults.pointsLast, ladder = [] }, context) => {
      const rungs = ladder.map(
        (step): Rung => ({
          points: step.points,
          within: step.within ?? last,
          command: step.action,
          duration: step.duration ?? null,
        }),
      );
      for (const [index, { points, within }] of rungs.entries()) {
        if (rungs.findIndex((other) => other.points === points && other.within === within) === index)
          continue;
        context.addIssue(problemAt(['ladder', index], (path) => message('settings.sameRung', { path })));
      }
      return { last, ladder: rungs.sort(byHeight) };
    },
  );

const capabilitySet = setOf(choice(capabilities));

const grant = map({
  allow: capabilitySet.optional(),
  deny: capabilitySet.optional(),
  rank: rank.optional(),
}).transform(
  (written): Grant => ({
    allow: written.allow ?? new Set(),
    deny: written.deny ?? new Set(),
    rank: written.rank ?? null,
  }),
);

const discord = map({
  roles: section(
    z.record(
      matching(snowflake, (path) => message('settings.roleId', { path })),
      grant,
    ),
  ),
});

const webhooks = map({ failure: choice(onFailures).optional() });

const checksum = matching(/^[0-9a-f]{64}$/i, (path) => message('settings.checksum', { path }));

const token = map({ sha256: checksum, allow: capabilitySet, rank, groups: setOf(groupId).optional() });

const tokens = z
  .record(
    matching(tokenName, (path) => message('settings.tokenName', { path })),
    token,
  )
  .superRefine((entries, context) => {
    const seen = new Set<string>();
    for (const [name, { sha256 }] of Object.entries(entries)) {
      const digits = sha256.toLowerCase();
      if (seen.has(digits)) {
        context.addIssue(problemAt([name, 'sha256'], (path) => message('settings.sameToken', { path })));
      }
      seen.add(digits);
    }
  });

/** The commands that the settings may name. */
export interface SettingsCommands {
  /** Those that take a reason. */
  readonly withReason: readonly string[];
  /** Those that the bot may carry out by itself, and whether they take a duration. */
  readonly onLadder: ReadonlyMap<string, { readonly takesDuration: boolean }>;
}

export function settingsSchema({ withReason, onLadder }: SettingsCommands) {
  const forGroups = {
    language: choice(locales).optional(),
    log: channel.optional(),
    tell: choice(tellings).optional(),
    quota: quota.optional(),
    reasons: setOf(choice(withReason)).optional(),
    warnings: section(warningsOf(onLadder)),
    ingroup: section(inGroup),
    discord: section(discord),
  };
  const groups = section(z.record(groupId, section(map(forGroups))));
  return section(map({ ...forGroups, groups, webhooks: section(webhooks), tokens: section(tokens) }));
}

/** What a file without faults holds. */
export type WrittenSettings = NonNullable<z.output<ReturnType<typeof settingsSchema>>>;
export type WrittenGroup = Omit<WrittenSettings, 'groups' | 'tokens' | 'webhooks'>;
