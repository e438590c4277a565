// The latest messages of live rooms, remembered from the webhooks: Chat keeps no history of them.
import type { StoredMessage } from '../../chat/protocol/schemas.ts';

export interface RecentMessages {
  /** Remembers a message that was sent. */
  note(group: string, sent: StoredMessage): void;
  /** Marks messages as recalled. */
  recalled(group: string, seqs: readonly number[]): void;
  forget(group: string): void;
  /** The remembered messages of a group, newest first. */
  of(group: string): readonly StoredMessage[];
}

/** Messages a room. */
const MOST_MESSAGES = 1_000;
/** The room that was quiet for longest makes room. */
const MOST_ROOMS = 200;
/** As Chat marks a recalled message (page 34970). */
const RECALLED = 2;

/** Makes the memory; it begins anew with the process. */
export function createRecentMessages(): RecentMessages {
  /** By number, in the order of arrival. */
  const rooms = new Map<string, Map<number, StoredMessage>>();
  return {
    note(group, sent) {
      const room = rooms.get(group) ?? new Map();
      rooms.delete(group);
      rooms.set(group, room);
      // A webhook may come twice, and not in order; what was recalled meanwhile stays recalled.
      if (!room.has(sent.MsgSeq)) room.set(sent.MsgSeq, sent);
      dropOldest(room, MOST_MESSAGES);
      dropOldest(rooms, MOST_ROOMS);
    },
    recalled(group, seqs) {
      const room = rooms.get(group);
      for (const seq of seqs) {
        const known = room?.get(seq);
        if (known !== undefined) room?.set(seq, { ...known, IsPlaceMsg: RECALLED, MsgBody: [] });
      }
    },
    forget: (group) => void rooms.delete(group),
    of: (group) => [...(rooms.get(group)?.values() ?? [])].sort((a, b) => b.MsgSeq - a.MsgSeq),
  };
}

function dropOldest(map: Map<unknown, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most) map.delete(oldest);
}
