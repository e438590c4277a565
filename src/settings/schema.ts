// The shape of the settings file: what each key may hold, and the sentence for what it may not.
import { z } from 'zod';
import { locales } from '../i18n/locale.ts';
import { literal, message } from '../i18n/message.ts';
import { capabilities } from '../moderation/capability.ts';
import { tokenQuestions } from '../moderation/people/token.ts';
import {
  defaults,
  discordRights,
  type Grant,
  inGroupReaches,
  inGroupReplies,
  ladderPowers,
  onFailures,
  type Quota,
  type Rung,
  tellings,
} from '../moderation/settings.ts';
import { tokenName } from './fault.ts';
import type { RuleKeys } from './rules.ts';
import {
  accept,
  choice,
  count,
  duration,
  leaf,
  map,
  matching,
  problemAt,
  rank,
  refuse,
  section,
  setOf,
  span,
  yesNo,
} from './shape.ts';

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
  map({
    last: span.optional(),
    power: choice(ladderPowers).optional(),
    ladder: z.array(rungOf(commands)).optional(),
  }).transform(({ last = defaults.pointsLast, power, ladder = [] }, context) => {
    const rungs = ladder.map(
      (step): Rung => ({
        points: step.points,
        within: step.within ?? last,
        command: step.action,
        duration: step.duration ?? null,
      }),
    );
    for (const [index, { points, within }] of rungs.entries()) {
      if (rungs.findIndex((other) => other.points === points && other.within === within) === index) continue;
      context.addIssue(problemAt(['ladder', index], (path) => message('settings.sameRung', { path })));
    }
    return { last, power, ladder: rungs.sort(byHeight) };
  });

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
  rights: choice(discordRights).optional(),
  roles: section(
    z.record(
      matching(snowflake, (path) => message('settings.roleId', { path })),
      grant,
    ),
  ),
});

const webhooks = map({ failure: choice(onFailures).optional() });

const checksum = matching(/^[0-9a-f]{64}$/i, (path) => message('settings.checksum', { path }));

const token = map({
  sha256: checksum,
  allow: capabilitySet,
  rank,
  groups: setOf(groupId).optional(),
  questions: choice(tokenQuestions).optional(),
  impersonate: setOf(matching(/^\P{Cc}+$/u, (path) => message('settings.account', { path }))).optional(),
});

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

/** Keys that others read, whatever they hold. */
const opaque = (keys: readonly string[]): Readonly<Record<string, z.ZodOptional>> =>
  Object.fromEntries(keys.map((key) => [key, z.unknown().optional()]));

/** @param rules the keys that the reader of the rules takes */
export function settingsSchema({ withReason, onLadder }: SettingsCommands, rules: RuleKeys) {
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
  const groups = section(z.record(groupId, section(map({ ...forGroups, ...opaque(rules.inGroups) }))));
  return section(
    map({
      ...forGroups,
      groups,
      webhooks: section(webhooks),
      tokens: section(tokens),
      ...opaque(rules.everywhere),
    }),
  );
}

/** What a file without faults holds. */
export type WrittenSettings = NonNullable<z.output<ReturnType<typeof settingsSchema>>>;
export type WrittenGroup = Omit<WrittenSettings, 'groups' | 'tokens' | 'webhooks'>;
