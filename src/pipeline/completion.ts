// What can be typed next: members, groups, commands and choices, for Discord's autocomplete and the terminal.

import { type Command, optionsOf } from '../command/command.ts';
import type { Candidate, Source } from '../command/options/option.ts';
import type { Completion, CompletionRequest } from '../command/service.ts';
import type { GroupFacts, MemberFacts } from '../moderation/groups/facts.ts';
import { isReadable } from '../moderation/groups/history.ts';
import {
  factsWithoutProfile,
  type Lookup,
  readBanned,
  readLiveRoles,
  readMemberList,
  readMuted,
} from '../moderation/groups/lists.ts';
import { shortLabelOf } from '../moderation/groups/message-text.ts';
import { readMessagePage } from '../moderation/groups/messages.ts';
import type { SeenMember } from '../moderation/groups/seen.ts';
import { authoriseActor, grantedActor } from '../moderation/people/authorised-actor.ts';
import { identify } from '../moderation/people/identity.ts';
import { authorise } from '../moderation/people/policy.ts';
import type { Result } from '../moderation/result.ts';
import type { PipelineDeps } from './deps.ts';
import { groupOf } from './find/locate.ts';

type CompletionDeps = Lookup & Pick<PipelineDeps, 'groups' | 'registry' | 'settings' | 'recorder'>;

/** As many as Discord shows. */
const mostShown = 25;
/** A list is kept while somebody types; in milliseconds. */
const keepFor = 30_000;
/** How long the latest messages are; in milliseconds. */
const keepMessagesFor = 3_000;
/** Lists that are kept at a time. */
const mostKept = 100;

export function createCompletion(deps: CompletionDeps): Completion {
  const messages = new Map<string, { latest: Promise<readonly Candidate[]>; until: number }>();
  const lists = new Map<string, { people: Promise<readonly MemberFacts[] | null>; until: number }>();

  /** The people a command can name in a group, read once for many keystrokes. A list that could not be read is not kept. */
  async function people(group: GroupFacts, command: Command): Promise<readonly SeenMember[]> {
    const kind = command.reach === 'banned' ? 'banned' : 'member';
    const key = `${group.id}\n${kind}`;
    const known = lists.get(key);
    const fresh = known !== undefined && known.until > deps.clock.now();
    const list = fresh
      ? known
      : { people: readPeople(deps, group, command), until: deps.clock.now() + keepFor };
    if (!fresh && lists.size >= mostKept) lists.clear();
    lists.set(key, list);
    const read = await list.people;
    if (read === null && lists.get(key) === list) lists.delete(key);
    // A large group is not read to its end; whoever was named in it lately is likely to be named again.
    return kind === 'member' ? withSeen(read ?? [], deps.seen?.of(group.id) ?? []) : (read ?? []);
  }

  /** The latest messages of a group, read once for the keystrokes of a few seconds. */
  async function latestMessages(group: GroupFacts): Promise<readonly Candidate[]> {
    const now = deps.clock.now();
    const known = messages.get(group.id);
    if (known !== undefined && known.until > now) return known.latest;
    const latest = readMessagePage(deps, group, { count: mostShown }, undefined).then((page) =>
      page.ok
        ? page.value.messages
            .filter(isReadable)
            .reverse()
            .map((one) => ({ id: String(one.MsgSeq), name: shortLabelOf(one) }))
        : [],
    );
    if (messages.size >= mostKept) messages.clear();
    messages.set(group.id, { latest, until: now + keepMessagesFor });
    return latest;
  }

  /** The group of the request, for whoever may use the command there; `null` for everybody else. */
  async function groupFor(request: CompletionRequest, command: Command): Promise<GroupFacts | null> {
    const { places = [], defaultGroup } = request;
    const place = { places, ...(defaultGroup === undefined ? {} : { defaultGroup }) };
    const id = await groupOf(deps, place, { group: request.group });
    if (id === undefined) return null;
    const actor = await identify(deps.recorder?.links ?? null, request.actor);
    const settings = deps.settings().group(id);
    // Whoever may not use the command costs no call to Chat.
    const granted = grantedActor(deps, actor, settings, id);
    if (granted !== null && authorise(granted, command) !== null) return null;
    const group = await deps.groups.find(id, { fresh: false, signal: request.signal });
    if (!group.ok) return null;
    const asker = await authoriseActor(deps, actor, group.value, settings, request.signal);
    return asker.ok && authorise(asker.value, command) === null ? group.value : null;
  }

  async function peopleFor(request: CompletionRequest, command: Command): Promise<readonly Candidate[]> {
    const group = await groupFor(request, command);
    if (group === null) return [];
    const known = await people(group, command);
    return known.map(({ account, nameCard }) => ({ id: account, name: nameCard }));
  }

  const candidates: Readonly<
    Record<Source, (request: CompletionRequest, command: Command) => Promise<readonly Candidate[]>>
  > = {
    people: peopleFor,
    async messages(request, command) {
      const group = await groupFor(request, command);
      return group === null ? [] : latestMessages(group);
    },
    commands: async () => deps.registry.names,
    groups: async (request, command) => (mayUseSomewhere(deps, request, command) ? deps.groups.list() : []),
    nothing: async () => [],
  };

  return {
    async suggest(request) {
      const command = deps.registry.find(request.command);
      const option = command === null ? undefined : new Map(optionsOf(command)).get(request.option);
      if (command === null || option?.completion === undefined) return [];
      const { from, suggest } = option.completion;
      const known = await candidates[from](request, command).catch((error: unknown) => {
        deps.recorder?.logger.warn({ command: command.name, err: error }, 'nothing could be suggested');
        return [];
      });
      return suggest(request.typed, known).slice(0, mostShown);
    },
  };
}

/** Names of groups are shown to whoever may use the command in at least one: rights by role differ per group. */
function mayUseSomewhere(deps: CompletionDeps, { actor }: CompletionRequest, command: Command): boolean {
  const asker = grantedActor(deps, actor, deps.settings().group(''), undefined);
  return asker === null || authorise(asker, command) === null;
}

function withSeen(read: readonly MemberFacts[], seen: Iterable<SeenMember>): readonly SeenMember[] {
  const listed = new Set(read.map(({ account }) => account));
  return [...read, ...[...seen].filter(({ account }) => !listed.has(account))];
}

/**
 * Reads to the end even where the keystroke that asked no longer waits: the next one does.
 * @returns `null` for a list that cannot be read: the command itself will say why
 */
async function readPeople(
  deps: CompletionDeps,
  group: GroupFacts,
  command: Command,
): Promise<readonly MemberFacts[] | null> {
  if (command.reach === 'banned') return accountsOf(await readBanned(deps, group));
  if (group.type === 'AVChatRoom') {
    const [roles, muted] = await Promise.all([readLiveRoles(deps, group), readMuted(deps, group)]);
    const known = [accountsOf(roles), accountsOf(muted)];
    return known.includes(null) ? null : known.flatMap((list) => list ?? []);
  }
  const list = await readMemberList(deps, group);
  return list.ok ? list.value.members : null;
}

function accountsOf(list: Result<ReadonlyMap<string, unknown>>): readonly MemberFacts[] | null {
  if (!list.ok) return null;
  const none = new Map<string, number>();
  return [...list.value.keys()].map((account) => factsWithoutProfile(account, null, none, none));
}
