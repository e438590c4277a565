// In which groups commands may be typed, and which group a command that was typed one-to-one is about.

import { roles } from '../../chat/protocol/schemas.ts';
import type { CurrentSettings } from '../../moderation/settings.ts';
import { createPoller } from '../../util/poller.ts';
import type { ChatCalls } from './chat-calls.ts';

export interface KnownGroups {
  /** Whether commands are taken in a group; from memory, because a sender waits for the answer. */
  takes(group: string): boolean;
  /** The groups that are known by name, whatever the settings say of others. */
  list(): readonly string[];
  /** Reads anew which groups the record names. */
  wake(): void;
  close(): Promise<void>;
}

export interface KnownGroupsDeps {
  readonly settings: CurrentSettings;
  readonly defaultGroup: string | undefined;
  /** Takes commands in every group that the settings do not exclude: a sandbox has no strangers. */
  readonly everywhere: boolean;
  /** The groups that cases, places and logs name. */
  readonly recorded: () => Promise<readonly string[]>;
  readonly logger: { warn(fields: object, message: string): void };
}

/** Another process may have named a group meanwhile; in milliseconds. */
const AGAIN = 10_000;

/** Begins to read the record at once. */
export function createKnownGroups(deps: KnownGroupsDeps): KnownGroups {
  const { settings, defaultGroup, everywhere, logger } = deps;
  let recorded: ReadonlySet<string> = new Set();
  const rounds = createPoller({
    async round() {
      recorded = new Set(await deps.recorded());
      return AGAIN;
    },
    failed(error) {
      // What was known stays known.
      logger.warn({ err: error }, 'the groups that the record names could not be read');
      return AGAIN;
    },
  });
  rounds.start();
  const isNamed = (group: string) =>
    group === defaultGroup || settings().named.has(group) || recorded.has(group);
  return {
    takes(group) {
      const { groups } = settings().group(group).inGroup;
      if (groups === 'off') return false;
      return groups === 'all' || everywhere || isNamed(group);
    },
    list: () => [
      ...new Set([...(defaultGroup === undefined ? [] : [defaultGroup]), ...settings().named, ...recorded]),
    ],
    wake: () => rounds.wake(),
    close: () => rounds.close(),
  };
}

/** Groups that are looked through for one sender. */
const MOST_LOOKED = 20;
/** How long what was found for a sender is kept, in milliseconds. */
const KEPT = 60_000;
const MOST_SENDERS = 1_000;

export interface GroupChoices {
  /** The group that a sender named last. */
  chosen(account: string): string | undefined;
  choose(account: string, group: string): void;
  /** The known groups that an account is in. */
  possible(account: string): Promise<readonly string[]>;
}

/** Which group somebody means who writes to the bot alone. */
export function createGroupChoices(
  chat: ChatCalls,
  known: Pick<KnownGroups, 'list' | 'takes'>,
  clock: { now(): number },
): GroupChoices {
  const chosen = new Map<string, string>();
  const found = new Map<string, { readonly groups: readonly string[]; readonly until: number }>();

  async function look(account: string): Promise<readonly string[]> {
    const candidates = known
      .list()
      .filter((group) => known.takes(group))
      .slice(0, MOST_LOOKED);
    const isIn = await Promise.all(candidates.map((group) => isMember(chat, group, account)));
    return candidates.filter((_, index) => isIn[index]);
  }

  return {
    chosen: (account) => chosen.get(account),
    choose(account, group) {
      chosen.delete(account);
      chosen.set(account, group);
      bound(chosen);
    },
    async possible(account) {
      const before = found.get(account);
      if (before !== undefined && before.until > clock.now()) return before.groups;
      const groups = await look(account);
      found.delete(account);
      found.set(account, { groups, until: clock.now() + KEPT });
      bound(found);
      return groups;
    },
  };
}

/** The oldest entry makes room. */
function bound(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > MOST_SENDERS && oldest !== undefined) map.delete(oldest);
}

/** A group that cannot be read, or keeps no members, is not offered. */
async function isMember(chat: ChatCalls, group: string, account: string): Promise<boolean> {
  const result = await chat.call('get_role_in_group', { GroupId: group, User_Account: [account] });
  if (!result.ok) return false;
  const role = result.answer.UserIdList.find((one) => one.Member_Account === account)?.Role;
  return roles.some((name) => name === role?.trim());
}
