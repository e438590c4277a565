// What holds in each group: the file's settings for all groups under the group's own, both over the defaults.
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  defaults,
  type GroupSettings,
  type InGroup,
  type Settings,
  type TokenGrant,
} from '../moderation/settings.ts';
import type { WrittenGroup, WrittenSettings } from './schema.ts';

/** The settings that a file without faults makes. */
export function effectiveSettings(written: WrittenSettings): Settings {
  const everywhere = over(defaults, written);
  const own = new Map(
    Object.entries(written.groups ?? {}).map(([id, group]) => [id, over(everywhere, group ?? {})]),
  );
  const find = tokenFinder(written.tokens ?? {});
  return {
    group: (id) => own.get(id) ?? everywhere,
    named: new Set(own.keys()),
    onFailure: written.webhooks?.failure ?? 'open',
    token: find,
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

/** Compares with every checksum, each in constant time, so that the time taken tells nothing about a token. */
function tokenFinder(written: NonNullable<WrittenSettings['tokens']>): Settings['token'] {
  const grants = Object.entries(written).map(([name, { sha256, allow, rank, groups }]) => ({
    checksum: Buffer.from(sha256, 'hex'),
    grant: { name, capabilities: allow, rank, groups: groups ?? null } satisfies TokenGrant,
  }));
  return (token) => {
    // A checksum of nothing is a slip of the hand, not a token.
    if (token === '') return null;
    const shown = createHash('sha256').update(token).digest();
    const [match] = grants.filter(({ checksum }) => timingSafeEqual(checksum, shown));
    return match?.grant ?? null;
  };
}
