// Slash commands typed in Chat, in the group or one-to-one to the bot: what is one, and what follows from it.

import { isBefore, type Webhook } from '../../chat/protocol/webhooks/index.ts';
import type { Moderation } from '../../command/service.ts';
import { message } from '../../i18n/message.ts';
import type { CurrentSettings } from '../../moderation/settings.ts';
import type { Decider, Decision, Follower } from '../../request/decision.ts';
import { createKeyedMutex } from '../../util/keyed-mutex.ts';
import type { Log } from '../../util/log.ts';
import {
  type CarryOutDeps,
  CONFIRM,
  carryOut,
  type InGroupCounts,
  reply,
  translatorFor,
} from './carry-out.ts';
import type { ChatCalls } from './chat-calls.ts';
import { completeLine } from './complete-line.ts';
import { createGroupChoices, createKnownGroups } from './groups.ts';
import { type Journal, openJournal } from './journal.ts';
import { createLimiter } from './limiter.ts';
import { createMemory, type LiveMemory } from './memory.ts';
import { createNames } from './names.ts';
import { createQuestions } from './questions.ts';
import { nameIn, type Typed, typedIn } from './typed.ts';

export interface InGroupOptions {
  readonly chat: ChatCalls;
  readonly moderation: Moderation;
  readonly settings: CurrentSettings;
  /** Calls back whenever a case was settled. @returns ends that */
  readonly onSettled: (listener: () => void) => () => void;
  /** Group that one-to-one commands act on where they name none. */
  readonly defaultGroup: string | undefined;
  /** The groups that the record names. */
  readonly recorded: () => Promise<readonly string[]>;
  /** What live rooms have of a history. */
  readonly recent: LiveMemory;
  /** Takes commands in every group that the settings do not exclude. */
  readonly everywhere: boolean;
  /** File that keeps taken commands until they are carried out; `null`: memory alone. */
  readonly journal: string | null;
  readonly clock: { now(): number };
  readonly logger: Log;
}

export interface InGroup {
  readonly decide: Decider;
  /** Before the answer goes out: a command that was taken must not be lost. */
  readonly keep: Follower;
  /** After it. */
  readonly follow: Follower;
  readonly counts: Readonly<InGroupCounts>;
  /** Carries out what an earlier run took and did not finish; cases that it left should be settled before. */
  resume(): void;
  /** Whether there is anything to resume. */
  readonly hasLeft: boolean;
  /** Resolves when everything that was taken has been answered. */
  settle(): Promise<void>;
  /** Takes nothing more; lets what runs finish. */
  close(): Promise<void>;
}

const NAME = 'ingroup';
/** The code with which a text is kept away where the sender's client is to say so; one that Chat hands on. */
const REFUSED = 10_101;
/** A command that waited longer, in milliseconds, is not carried out any more: its sender expects nothing by now. */
const TOO_LATE = 600_000;

/**
 * Makes the surface.
 * @throws the system's error when the journal cannot be used
 */
export function createInGroup(options: InGroupOptions): InGroup {
  const { chat, moderation, clock, logger } = options;
  const counts: InGroupCounts = { taken: 0, unheard: 0, failed: 0 };
  const journal = openJournal(options.journal);
  const known = createKnownGroups(options);
  const questions = createQuestions();
  const groups = createGroupChoices(chat, known, clock);
  const memory = createMemory(options.recent);
  const lineDeps = {
    chat,
    moderation,
    names: createNames(chat, clock),
    recent: (group: string) => options.recent.of(group),
    sequenceOf: memory.sequenceOf,
  };
  const complete: CarryOutDeps['complete'] = (line, typed, group) =>
    completeLine(lineDeps, line, typed, group);
  const deps: CarryOutDeps = { ...options, groups, questions, complete, counts };
  const work = createWork(deps, journal);
  const endsListening = options.onSettled(() => known.wake());
  /** Commands between the answer and what follows from it. */
  const kept = new WeakMap<Webhook, Typed>();

  /** Whether a text is for the bot is decided by its name alone, or by the word of an open question. */
  const isForBot = (typed: Typed, now: number): boolean => {
    const name = nameIn(typed.text);
    if (name === null) return questions.isAnswer(typed.from, typed.where, typed.text, now);
    return name.toLowerCase() === CONFIRM || moderation.registry.find(name) !== null;
  };

  function commandIn(webhook: Webhook, now: number): Typed | null {
    const typed = typedIn(webhook, chat.admin, now);
    if (typed === null || !isForBot(typed, now)) return null;
    return typed.where.kind === 'direct' || known.takes(typed.where.group) ? typed : null;
  }

  return {
    counts,
    hasLeft: journal.left.length > 0,
    decide(webhook, now) {
      const typed = commandIn(webhook, now);
      if (typed === null) return null;
      return typed.where.kind === 'direct' ? letThrough : keptAway(deps, typed.where.group);
    },
    keep({ webhook, decision, at }) {
      const isOurs = isBefore(webhook) ? decision?.by === NAME : true;
      const typed = isOurs ? commandIn(webhook, at) : null;
      if (typed !== null && journal.take(typed, at)) kept.set(webhook, typed);
    },
    follow({ webhook }) {
      memory.note(webhook);
      const typed = kept.get(webhook);
      if (typed !== undefined) work.begin(typed);
    },
    resume() {
      for (const typed of journal.left) work.begin(typed, true);
      if (journal.left.length > 0)
        logger.info({ count: journal.left.length }, 'commands of an earlier run are carried out');
    },
    settle: () => work.settle(),
    async close() {
      endsListening();
      await work.settle();
      await known.close();
      journal.close();
    },
  };
}

/** One-to-one the sender sees what they wrote, as in any conversation. */
const letThrough: Decision = { by: NAME, verdict: { kind: 'pass' } };
const dropped: Decision = { by: NAME, verdict: { kind: 'drop' } };

function keptAway(deps: CarryOutDeps, group: string): Decision {
  if (!deps.settings().group(group).inGroup.refuse) return dropped;
  const words = translatorFor(deps, group).text(message('ingroup.keptAway'));
  return { by: NAME, verdict: { kind: 'reject', code: REFUSED, words } };
}

/** Carries commands out: those of one sender in their order, those of several side by side. */
function createWork(deps: CarryOutDeps, journal: Journal) {
  const mutex = createKeyedMutex();
  const limiter = createLimiter();
  const underWay = new Set<Promise<void>>();

  async function work(typed: Typed, resumed: boolean): Promise<void> {
    const now = deps.clock.now();
    if (now - typed.at > TOO_LATE) {
      const words = message('ingroup.tooLate', { line: typed.text });
      return reply(deps, typed, translatorFor(deps, undefined).text(words));
    }
    const admitted = limiter.admit(typed.from, now);
    if (admitted === 'fine') return carryOut(deps, typed, resumed);
    if (admitted === 'first')
      await reply(deps, typed, translatorFor(deps, undefined).text(message('ingroup.tooMany')));
  }

  return {
    begin(typed: Typed, resumed = false): void {
      const running = mutex
        .run(typed.from, () => work(typed, resumed))
        .then(() => journal.finish(typed))
        .catch((error: unknown) => deps.logger.error({ err: error }, 'a command could not be finished'))
        .finally(() => underWay.delete(running));
      underWay.add(running);
    },
    async settle(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
