// The product on a sandbox of its own: everything between a typed line and Chat's state, over real sockets.

import { pino } from 'pino';
import { commands } from '../../commands/index.ts';
import type { ChatClientOptions } from '../../src/chat/client/client.ts';
import { askedFor, parseLine } from '../../src/command/text.ts';
import { localeOf } from '../../src/i18n/locale.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { type Capability, everything, type Rank, type Rights } from '../../src/moderation/capability.ts';
import type { CaseRepository } from '../../src/moderation/cases/case.ts';
import { createRecentMessages, type RecentMessages } from '../../src/moderation/groups/recent.ts';
import type { Actor } from '../../src/moderation/people/actor.ts';
import { defaults, type GroupSettings, type Settings } from '../../src/moderation/settings.ts';
import { createModerationService, type ModerationService } from '../../src/pipeline/service.ts';
import { converse } from '../../src/request/conversation.ts';
import type { Outcome } from '../../src/request/outcome.ts';
import { refusal } from '../../src/request/outcome.ts';
import type { Answered, Question } from '../../src/request/question.ts';
import type { Request } from '../../src/request/request.ts';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../src/sandbox/chat/index.ts';
import { systemClock } from '../../src/sandbox/clock.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { asText, present } from '../../src/surfaces/present.ts';
import type { Clock } from '../../src/util/clock.ts';
import { sandboxClient } from './client.ts';

export interface App {
  readonly chat: ChatService;
  readonly moderation: ModerationService;
  /** What is remembered of live rooms. */
  readonly recent: RecentMessages;
  readonly cases: CaseRepository;
  readonly store: Store;
  /** What was logged as a warning or worse, oldest first. */
  readonly logged: readonly string[];
  /** Types a line; `as` is an actor, the operator unless told. */
  type(line: string, options?: TypeOptions): Promise<Outcome>;
  /** Requests that changed something, by endpoint, since the last call. */
  changes(): readonly string[];
  close(): Promise<void>;
}

export interface TypeOptions {
  readonly as?: Actor;
  /** Where the line names none and the place is bound to none: `guild` unless told, `null` for none. */
  readonly group?: string | null;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  /** Chat accounts of mentioned Discord users, as the surface guesses them. */
  readonly mentions?: Readonly<Record<string, string>>;
  /** Mentioned Discord users with their rights. */
  readonly moderators?: Readonly<Record<string, Actor>>;
  /** Anything else of the request: where it was made, and who can be asked. */
  readonly request?: Partial<
    Pick<
      Request,
      'places' | 'accountOfMention' | 'actorOfMention' | 'key' | 'questions' | 'answer' | 'readOnly'
    >
  > & {
    /** Answers what is asked; without it nobody can be asked. */
    readonly ask?: (question: Question) => Promise<Answered>;
  };
}

/** Endpoints that change Chat, as the sandbox's log names them; what members are told is looked at by itself. */
const changing =
  /^(modify_|forbid_|delete_|ban_|unban_|group_msg_recall|create_|destroy_|add_|import_|change_)/;

/** Somebody with rights that a surface granted. */
export const granted = (
  rank: Rank = 3,
  capabilities: Iterable<Capability> = everything,
  account?: string,
): Actor => ({
  surface: 'terminal',
  id: account ?? 'operator',
  name: account ?? 'operator',
  ...(account === undefined ? {} : { account }),
  authority: { kind: 'granted', rights: { capabilities: new Set(capabilities), rank } },
});

/** A Discord user of rank 2 with everything but `bulk`, unless told; `account` is what the surface guesses. */
export function discordUser(
  id: string,
  { account, roles, ...rights }: Partial<Rights> & { account?: string; roles?: readonly string[] } = {},
): Actor {
  const usual = { capabilities: everything.difference(new Set(['bulk'])), rank: 2 as const };
  return {
    surface: 'discord',
    id,
    name: id,
    ...(account === undefined ? {} : { account, isGuessed: true }),
    ...(roles === undefined ? {} : { roles }),
    authority: { kind: 'granted', rights: { ...usual, ...rights } },
  };
}

/** Settings that differ from the defaults in all groups, and in some. */
export const settingsWith = (
  everywhere: Partial<GroupSettings>,
  groups: Readonly<Record<string, Partial<GroupSettings>>> = {},
): Settings => ({
  group: (id) => ({ ...defaults, ...everywhere, ...groups[id] }),
  named: new Set(Object.keys(groups)),
  onFailure: 'open',
  tokens: [],
});

/** Somebody who gives the same answer to every question, and keeps the questions. */
export function answering(answer: Answered): {
  ask: (question: Question) => Promise<Answered>;
  asked: Question[];
} {
  const asked: Question[] = [];
  return {
    asked,
    async ask(question: Question) {
      asked.push(question);
      return answer;
    },
  };
}

/** A Chat member who acts with the rights of their role. */
export const memberActor = (account: string): Actor => ({
  surface: 'terminal',
  id: account,
  name: account,
  account,
  authority: { kind: 'groupRole' },
});

export async function startApp(
  client: Partial<ChatClientOptions> = {},
  { settings, clock = systemClock }: { readonly settings?: Settings; readonly clock?: Clock } = {},
): Promise<App> {
  const service = await startChatService({ app: sandboxApp, rateLimits: false, clock });
  await fillDefaultWorld(service.world);
  const chat = sandboxClient(service.url, { clock: clock.now, ...client });
  const logged: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line) => logged.push(line) });
  const store = await openStore('sqlite::memory:', { clock, logger });
  const recent = createRecentMessages();
  const moderation = createModerationService({
    commands,
    chat,
    clock,
    recent,
    recorder: { ...store, logger },
    ...(settings === undefined ? {} : { settings: () => settings }),
  });
  let seen: string[] = [];
  service.onRequest((record) => {
    if (changing.test(record.endpoint)) seen.push(record.endpoint);
  });
  return {
    chat: service,
    cases: store.cases,
    store,
    logged,
    moderation,
    recent,
    async type(line, options = {}) {
      const { as = granted(), group = 'guild', dryRun = false, signal } = options;
      const { mentions = {}, moderators = {}, request: { ask, ...rest } = {} } = options;
      const parsed = askedFor(parseLine(line, moderation.registry), ask !== undefined);
      if (!parsed.ok) return refusal(line, parsed.problem);
      const request: Request = {
        actor: as,
        command: parsed.value.command.name,
        options: parsed.value.options,
        ...(parsed.value.doubt && { doubt: parsed.value.doubt }),
        ...(group === null ? {} : { defaultGroup: group }),
        dryRun,
        accountOfMention: async (userId) => mentions[userId] ?? null,
        actorOfMention: async (userId) => moderators[userId] ?? null,
        ...(signal === undefined ? {} : { signal }),
        questions: ask === undefined ? 'confirmed' : 'ask',
        ...rest,
      };
      const { handle } = moderation.pipeline;
      return ask === undefined ? handle(request) : converse(handle, request, ask);
    },
    changes() {
      const past = seen;
      seen = [];
      return past;
    },
    async close() {
      await chat.close();
      await service.close();
      await store.close();
    },
  };
}

/** An outcome in plain English, times in ISO form. */
export function english(outcome: Outcome): string {
  const style = { escape: (text: string) => text, time: (at: number) => new Date(at * 1_000).toISOString() };
  return asText(present(outcome, createTranslator(localeOf('en'), style)));
}
