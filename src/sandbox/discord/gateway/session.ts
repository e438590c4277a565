// One client's stream of gateway events, numbered and kept for a while so that it can resume.
// https://docs.discord.com/developers/events/gateway#resuming

import { type GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';

const KEPT_EVENTS = 5_000;

interface SentEvent {
  readonly sequence: number;
  readonly text: string;
}

/** A session survives its connection: without one, events wait for a RESUME. */
export class Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [index: number, count: number];
  #socket: WebSocket | undefined;
  #sequence = 0;
  #events: SentEvent[] = [];

  constructor(id: string, intents: number, shard: readonly [number, number], socket: WebSocket) {
    this.id = id;
    this.intents = intents;
    this.shard = shard;
    this.#socket = socket;
  }

  /** The connection, while there is one. */
  get socket(): WebSocket | undefined {
    return this.#socket;
  }

  has(intent: GatewayIntentBits): boolean {
    return Boolean(this.intents & intent);
  }

  /** Whether the events of this guild belong to this session's shard. */
  covers(guildId: string): boolean {
    const [index, count] = this.shard;
    return Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
  }

  /** Sends an event, now or when the client comes back. */
  dispatch(name: string, data: unknown): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: name, s: this.#sequence, d: data });
    this.#events.push({ sequence: this.#sequence, text });
    // Dropped in halves, so that a full buffer does not shift on every event.
    if (this.#events.length > KEPT_EVENTS * 2) this.#events = this.#events.slice(-KEPT_EVENTS);
    this.#socket?.send(text);
  }

  /** Whether all events after this sequence number are still kept. */
  canResumeAfter(sequence: number): boolean {
    const oldest = this.#events[0]?.sequence ?? this.#sequence + 1;
    return sequence >= oldest - 1 && sequence <= this.#sequence;
  }

  /** Takes a new connection and sends it what it missed. */
  resume(socket: WebSocket, after: number): void {
    if (this.#socket !== socket) this.#socket?.terminate();
    this.#socket = socket;
    for (const event of this.#events) if (event.sequence > after) socket.send(event.text);
    this.dispatch('RESUMED', {});
  }

  /** Forgets a connection that ended, unless a newer one has taken its place. */
  detach(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }
}
