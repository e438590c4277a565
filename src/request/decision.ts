// The contract of those who take part in webhooks: who decides before something happens, and who acts on what did.
import type { BeforeWebhook, Verdict, Webhook } from '../chat/protocol/webhooks/index.ts';

/** A verdict, and whose it is. */
export interface Decision {
  /** Short name of the decider, for the log and for its own follower. */
  readonly by: string;
  readonly verdict: Verdict;
}

/**
 * Decides what a before-webhook asks, or leaves it to the next decider. Pure: from the webhook and what is in memory,
 * without waiting for a store or for Chat, because a sender waits meanwhile.
 * @param now Unix milliseconds
 */
export type Decider = (webhook: BeforeWebhook, now: number) => Decision | null;

/** A webhook that was answered. */
export interface Answered {
  readonly webhook: Webhook;
  /** `null`: nobody had anything to say. */
  readonly decision: Decision | null;
  /** When it arrived, Unix milliseconds. */
  readonly at: number;
}

/** Learns of a webhook and what was decided. Must not throw; what it starts, its owner waits for. */
export type Follower = (answered: Answered) => void;
