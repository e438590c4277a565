// What holds in each group: the file's settings for all groups under the group's own, both over the defaults.
import type { KnownToken } from '../moderation/people/token.ts';
import { defaults, type GroupSettings, type InGroup, type Settings } from '../moderation/settings.ts';
import type { WrittenGroup, WrittenSettings } from './schema.ts';

/** The settings that a file without faults makes. */
export function effectiveSettings(written: WrittenSettings): Settings {
  const everywhere = over(defaults, written);
  const own = new Map(
    Object.entries(written.groups ?? {}).map(([id, group]) => [id, over(everywhere, group ?? {})]),
  );
  return {
    group: (id) => own.get(id) ?? everywhere,
    named: new Set(own.keys()),
    onFailure: written.webhooks?.failure ?? 'open',
    tokens: tokensOf(written.tokens ?? {}),
  };
}

/** A key that is written takes the place of the whole of the same key below it; roles are a further level. */
function over(below: GroupSettings, written: WrittenGroup): GroupSettings {
  const roles = Object.entries(written.discord?.roles ?? {});
  return {
    language: written.language ?? below.language,
    log: written.log ?? below.log,
    tell: written.tell ?? below.tell,
    quota: written.quota === undefined ? below.quota : written.quota,
    reasons: written.reasons ?? below.reasons,
    ladder: written.warnings?.ladder ?? below.ladder,
    ladderPower: written.warnings?.power ?? below.ladderPower,
    pointsLast: written.warnings?.last ?? below.pointsLast,
    inGroup:
      written.ingroup === undefined ? below.inGroup : { ...defaults.inGroup, ...defined(written.ingroup) },
    discordRights: written.discord?.rights ?? below.discordRights,
    discordRoles: roles.length === 0 ? below.discordRoles : [...below.discordRoles, new Map(roles)],
  };
}

/** The keys that are written. */
const defined = (written: NonNullable<WrittenGroup['ingroup']>): Partial<InGroup> => ({
  ...(written.groups !== undefined && { groups: written.groups }),
  ...(written.refuse !== undefined && { refuse: written.refuse }),
  ...(written.reply !== undefined && { reply: written.reply }),
});

const tokensOf = (written: NonNullable<WrittenSettings['tokens']>): readonly KnownToken[] =>
  Object.entries(written).map(([name, { sha256, allow, rank, groups, questions, impersonate }]) => ({
    name,
    checksum: sha256.toLowerCase(),
    capabilities: allow,
    rank,
    groups: groups ?? null,
    questions: questions ?? 'ask',
    impersonate: [...(impersonate ?? [])],
    expiresAt: null,
  }));
