// What people decided, from the cases: who acted on a member or a message, and what was taken back.
import type { ModerationCase } from '../../moderation/cases/case.ts';
import type { CaseActor } from '../../moderation/people/actor.ts';
import type { MessageEvent } from '../event/event.ts';

/** Commands that say: this was wrong. */
const against = new Set(['mute', 'kick', 'ban', 'warn', 'recall', 'hide', 'purge', 'restrict', 'hold']);
/** Surfaces on which no person acts. */
const programs = new Set(['system', 'rule']);
/** How long after a message a decision about its sender is taken to be about it, in milliseconds. */
export const DECIDED_WITHIN = 3_600_000;

export interface Decision {
  /** Unix milliseconds. */
  readonly at: number;
  readonly by: 'person' | 'program';
  /** It was taken back. */
  readonly isUndone: boolean;
}

const isPerson = ({ surface }: CaseActor): boolean => !programs.has(surface);

export class Decisions {
  /** By group and member, or group and number of a message; the oldest first. */
  readonly #about = new Map<string, Decision[]>();
  readonly #cases = new Map<string, number[]>();
  readonly #points = new Map<string, { readonly at: number; readonly points: number }[]>();

  /** @param cases the oldest first */
  constructor(cases: Iterable<ModerationCase>) {
    for (const one of cases) this.#add(one);
  }

  #add({ command, group, actor, state, createdAt, targets, options }: ModerationCase): void {
    if (!against.has(command) || state === 'failed' || state === 'pending') return;
    const by = isPerson(actor) ? 'person' : 'program';
    const decision: Decision = { at: createdAt, by, isUndone: state === 'undone' };
    for (const { target } of targets) {
      push(this.#about, `${group}\n${target}`, decision);
      if (decision.isUndone) continue;
      push(this.#cases, `${group}\n${target}`, createdAt);
      const points = command === 'warn' ? Number(options.points ?? 1) : 0;
      if (points > 0) push(this.#points, `${group}\n${target}`, { at: createdAt, points });
    }
  }

  /** The first decision about a message or, within an hour, about who sent it. */
  about({ group, from, at }: MessageEvent, seq: number | null): Decision | null {
    const soon = (one: Decision) => one.at >= at && one.at - at <= DECIDED_WITHIN;
    const ofMessage =
      seq === null ? undefined : this.#about.get(`${group}\n${seq}`)?.find((one) => one.at >= at);
    return ofMessage ?? this.#about.get(`${group}\n${from}`)?.find(soon) ?? null;
  }

  /** When the standing cases about a member were made. */
  casesOf({ group, from }: { readonly group: string; readonly from: string }): readonly number[] {
    return this.#cases.get(`${group}\n${from}`) ?? [];
  }

  /** The points of a member's standing warnings. */
  pointsOf({ group, from }: { readonly group: string; readonly from: string }) {
    return this.#points.get(`${group}\n${from}`) ?? [];
  }
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
