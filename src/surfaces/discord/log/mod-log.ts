// The log: tells every settled case in the channel of its group, and never stands in the way of a command.

import { type REST, Routes } from 'discord.js';
import type { CaseRepository, ModerationCase } from '../../../moderation/cases/case.ts';
import type { PlaceRepository } from '../../../moderation/place.ts';
import type { CurrentSettings } from '../../../moderation/settings.ts';
import type { Clock } from '../../../util/clock.ts';
import { pause, within } from '../../../util/pause.ts';
import { createPoller } from '../../../util/poller.ts';
import { describe } from '../errors.ts';
import type { DiscordLogger } from '../logger.ts';
import { logEntry } from './log-entry.ts';

/** The books that the log reads, and in which it marks what it has told. */
export interface LoggedRecord {
  readonly cases: Pick<CaseRepository, 'unlogged' | 'markLogged' | 'markAllLogged'>;
  readonly places: Pick<PlaceRepository, 'logOf'>;
}

export interface ModLogDeps extends LoggedRecord {
  /** Says when a case was settled, and what holds in its group. */
  readonly moderation: {
    settings: CurrentSettings;
    onSettled(listener: () => void): () => void;
  };
  readonly rest: Pick<REST, 'post'>;
  readonly logger: DiscordLogger;
  readonly clock: Clock;
  /** How long to leave Discord alone that could not take a line, in milliseconds; 15 s when undefined. */
  readonly retryAfter?: number;
}

export interface ModLog {
  /** Tells what was not told yet, and whatever is settled from then on, by this process or another. */
  start(): void;
  /** Tells nothing more; waits up to 5 s for what is being posted. May be called again. */
  close(): Promise<void>;
}

/** Cases of one look, and so the most that are in memory; while as many wait for one channel, others wait, too. */
const AT_ONCE = 100;
/** Another process may have settled a case: the longest time without a look, in milliseconds. */
const LOOK_EVERY = 2_000;
/** In a rush, one look serves many cases. In milliseconds. */
const APART = 250;
const RETRY_AFTER = 15_000;
/** A line that Discord could not take for so long is given up, so that the next may be luckier; in milliseconds. */
const GIVE_UP_AFTER = 3_600_000;
/** Cases that were settled longer ago than this are news to nobody; in milliseconds. */
const NEWS = 86_400_000;
/** A channel that cannot be written to is complained about this often; in milliseconds. */
const COMPLAIN_EVERY = 3_600_000;
/** How long `close` waits for what is being posted, in milliseconds. */
const CLOSE_WITHIN = 5_000;

/**
 * Makes the log of all groups.
 *
 * A case is marked as logged before it is posted, so that of several processes one posts it. A process that dies between
 * the two loses that line of the log; the case itself stays in the record.
 */
export function createModLog(deps: ModLogDeps): ModLog {
  const { moderation, cases, clock, logger } = deps;
  const closing = new AbortController();
  const complain = createComplaints(deps);
  /** Channels that are being written to, each case after the other. */
  const busy = new Map<string, Promise<void>>();

  const poller = createPoller({
    apart: APART,
    async round() {
      const records = await cases.unlogged(AT_ONCE);
      const lists = await byChannel(deps, records);
      const untold = lists.get(null) ?? [];
      for (const [channel, list] of lists) {
        if (channel !== null && !busy.has(channel)) begin(channel, list);
      }
      if (untold.length > 0) await cases.markAllLogged(untold);
      // After a long time without a log there may be many, and commands go before them.
      return untold.length > 0 && records.length === AT_ONCE ? 0 : LOOK_EVERY;
    },
    failed(error) {
      logger.error({ err: error }, 'the log could not look for new cases');
      return LOOK_EVERY;
    },
  });

  function begin(channel: string, records: readonly ModerationCase[]): void {
    const work = tell(channel, records).then(
      () => {
        busy.delete(channel);
        poller.wake();
      },
      (error: unknown) => {
        busy.delete(channel);
        logger.error({ channel, err: error }, 'cases could not be marked as logged');
      },
    );
    busy.set(channel, work);
  }

  async function tell(channel: string, records: readonly ModerationCase[]): Promise<void> {
    for (const record of records) {
      if (closing.signal.aborted) return;
      if (await cases.markLogged(record.group, record.number)) await post(channel, record);
    }
  }

  /** The cases that follow wait in the record meanwhile, so that the order stays. */
  async function post(channel: string, record: ModerationCase): Promise<void> {
    const { group, number } = record;
    const body = logEntry(record, moderation.settings().group(group).language);
    const giveUpAt = clock.now() + GIVE_UP_AFTER;
    for (;;) {
      const failure = await attempt(deps.rest, channel, body);
      if (failure === null) return;
      if (isFinal(failure)) return complain(channel, record, failure);
      if (closing.signal.aborted || clock.now() >= giveUpAt) {
        return logger.warn({ channel, group, case: number, failure }, 'a case was not told in the log');
      }
      await pause(deps.retryAfter ?? RETRY_AFTER, closing.signal);
    }
  }

  const unsubscribe = moderation.onSettled(poller.wake);
  return {
    start: poller.start,
    async close() {
      unsubscribe();
      closing.abort();
      await poller.close();
      await within(Promise.all(busy.values()), CLOSE_WITHIN);
    },
  };
}

/** The cases by the channel in which they are told; `null`: in none, or too late to be news. */
async function byChannel(
  deps: Pick<ModLogDeps, 'places' | 'moderation' | 'clock'>,
  records: readonly ModerationCase[],
): Promise<ReadonlyMap<string | null, readonly ModerationCase[]>> {
  const channels = await channelsOf(deps, records);
  const now = deps.clock.now();
  return Map.groupBy(records, ({ group, settledAt, createdAt }) =>
    now - (settledAt ?? createdAt) <= NEWS ? (channels.get(group) ?? null) : null,
  );
}

/** The channel of each group among the cases; what `/log` chose goes before the settings. */
async function channelsOf(
  { places, moderation }: Pick<ModLogDeps, 'places' | 'moderation'>,
  records: readonly ModerationCase[],
): Promise<ReadonlyMap<string, string | null>> {
  const channelOf = async (group: string): Promise<string | null> => {
    const chosen = await places.logOf(group);
    if (chosen === null) return moderation.settings().group(group).log;
    return chosen.surface === 'discord' ? chosen.channel : null;
  };
  const groups = [...new Set(records.map(({ group }) => group))];
  return new Map(await Promise.all(groups.map(async (group) => [group, await channelOf(group)] as const)));
}

type Failure = ReturnType<typeof describe>;

/** @returns what went wrong after all that discord.js tries by itself; `null`: the channel has it */
async function attempt(rest: ModLogDeps['rest'], channel: string, body: object): Promise<Failure | null> {
  try {
    await rest.post(Routes.channelMessages(channel), { body });
    return null;
  } catch (error) {
    return describe(error);
  }
}

/** Whether Discord understood and refused. discord.js itself waits where there were too many requests. */
const isFinal = ({ status }: Failure): boolean =>
  status !== undefined && status >= 400 && status < 500 && status !== 429;

/**
 * Unknown channel, missing access, missing permissions
 * (docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const NO_WAY_IN: readonly unknown[] = [10003, 50001, 50013];

/** Complains about a channel once in a while, not about every case. */
function createComplaints({ logger, clock }: Pick<ModLogDeps, 'logger' | 'clock'>) {
  const last = new Map<string, number>();
  return (channel: string, { group, number }: ModerationCase, failure: Failure): void => {
    const now = clock.now();
    if (now - (last.get(channel) ?? Number.NEGATIVE_INFINITY) < COMPLAIN_EVERY) return;
    last.set(channel, now);
    const fields = { channel, group, case: number, failure };
    if (NO_WAY_IN.includes(failure.code)) {
      logger.warn(
        fields,
        'cases are not told in the log: the channel is gone, or the bot lacks View Channel, Send Messages or Embed Links there',
      );
    } else logger.warn(fields, 'Discord did not take a line of the log');
  };
}
