// The WebSocket over which clients identify, resume and receive events.
// https://docs.discord.com/developers/events/gateway

import type { Server } from 'node:http';
import {
  type APIGuildMember,
  type APIMessage,
  GatewayCloseCodes as Close,
  GatewayDispatchEvents as Event,
  GatewayIntentBits,
  GatewayOpcodes as Op,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { parseJson } from '../wire/json.ts';
import type { Directory } from '../world/directory.ts';
import { guildCreateObject, userObject } from '../world/objects.ts';
import { memberChunks, requestMembers } from './member-chunks.ts';
import { Session } from './session.ts';

const HEARTBEAT_INTERVAL_MS = 41_250;
const MAX_PAYLOAD_BYTES = 1024 * 1024;
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** Codes after which a session does not go on, whoever closed. */
const ENDS_SESSION: readonly number[] = [Close.InvalidSeq, Close.SessionTimedOut];

// What libraries send as "not set" is null as often as nothing.
const frame = z.object({ op: z.int(), d: z.unknown().optional() });
const identify = z.object({
  token: z.string(),
  intents: z.int(),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).nullish(),
  large_threshold: z.int().min(50).max(250).nullish(),
});
const resume = z.object({ token: z.string(), session_id: z.string().nullish(), seq: z.int().nullish() });

/** What the gateway is told when it starts. */
export interface GatewayOptions {
  readonly directory: Directory;
  readonly token: string;
  /** Intents that IDENTIFY may ask for; others close with 4014. All, when undefined. */
  readonly allowedIntents: number | undefined;
  /** Address that READY names for resuming. */
  url(): string;
  newSessionId(): string;
}

/** Every connection and session of the service. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  readonly #connections = new Set<Connection>();
  readonly #waiting = new Set<() => void>();

  constructor(server: Server, options: GatewayOptions) {
    this.#options = options;
    // Handed the server itself, it would throw the server's errors, such as a taken port, out of reach of everybody.
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
    server.on('upgrade', (request, connection, head) =>
      this.#sockets.handleUpgrade(request, connection, head, (socket) => this.#greet(socket)),
    );
  }

  /** Whether any client has identified and may still be reached, now or when it resumes. */
  get hasSession(): boolean {
    return this.#sessions.size > 0;
  }

  /** Resolves when a client is connected and has had READY and its guild. */
  async ready(): Promise<void> {
    if (this.#identified().length > 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    await promise;
  }

  /** Sends an event of the guild to the sessions of its shard that asked for this intent. */
  dispatch(event: Event, data: unknown, intent?: GatewayIntentBits): void {
    const guildId = this.#options.directory.world.guild.id;
    for (const session of this.#sessions.values()) {
      if (session.covers(guildId) && (intent === undefined || session.has(intent)))
        session.dispatch(event, data);
    }
  }

  /**
   * Sends a message event. Without the intent MessageContent a bot sees the content only of what it wrote
   * and of what mentions it.
   */
  dispatchMessage(event: Event, message: APIMessage, author?: APIGuildMember): void {
    const { world } = this.#options.directory;
    const involved = [message.author, ...message.mentions].some(({ id }) => id === world.application.id);
    // The member without the user, whom the message holds already.
    const { user: _, ...member } = author ?? {};
    const full = { ...message, guild_id: world.guild.id, ...(author ? { member } : {}) };
    const veiled = { ...full, content: '', embeds: [], attachments: [], components: [] };
    for (const session of this.#sessions.values()) {
      if (!session.covers(world.guild.id) || !session.has(GatewayIntentBits.GuildMessages)) continue;
      const mayRead = involved || session.has(GatewayIntentBits.MessageContent);
      session.dispatch(event, mayRead ? full : veiled);
    }
  }

  /** Sends an event of direct messages, which belong to the first shard. */
  dispatchDirect(event: Event, data: unknown, intent: GatewayIntentBits): void {
    for (const session of this.#sessions.values()) {
      if (session.shard[0] === 0 && session.has(intent)) session.dispatch(event, data);
    }
  }

  /** Ends every connection: with a close code, or without a word (1006 on the other side). */
  dropConnections(code?: number): void {
    for (const connection of this.#connections) {
      if (code === undefined) connection.socket.terminate();
      else close(connection, code);
    }
  }

  /** Op 7: asks every client to reconnect and resume. */
  requestReconnect(): void {
    for (const { socket } of this.#identified()) send(socket, Op.Reconnect, null);
  }

  /** Op 9: declares every session invalid; unless resumable, it is forgotten. */
  invalidateSessions(resumable: boolean): void {
    for (const connection of this.#identified()) {
      send(connection.socket, Op.InvalidSession, resumable);
      if (!resumable) connection.session = undefined;
    }
    if (!resumable) this.#sessions.clear();
  }

  /** Ends everything. */
  close(): void {
    this.#sessions.clear();
    this.dropConnections();
    this.#sockets.close();
  }

  #identified(): Connection[] {
    return [...this.#connections].filter(({ session }) => session !== undefined);
  }

  #greet(socket: WebSocket): void {
    const connection: Connection = { socket, session: undefined, closedWith: undefined };
    this.#connections.add(connection);
    socket.on('message', (data) => this.#receive(connection, data.toString()));
    socket.on('close', (code) => this.#forget(connection, code));
    // A broken connection always ends in 'close', which is where it is dealt with.
    socket.on('error', () => socket.terminate());
    send(socket, Op.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL_MS, _trace: [] });
  }

  /** A client that says goodbye (1000, 1001) gives its session up; one that only answers a close does not. */
  #forget(connection: Connection, code: number): void {
    const { socket, session, closedWith } = connection;
    this.#connections.delete(connection);
    if (!session) return;
    session.detach(socket);
    const isOver =
      closedWith === undefined ? code === 1000 || code === 1001 : ENDS_SESSION.includes(closedWith);
    if (isOver) this.#sessions.delete(session.id);
  }

  #receive(connection: Connection, text: string): void {
    const message = parse(text);
    const refused = message ? this.#handle(connection, message) : Close.DecodeError;
    if (refused !== undefined) close(connection, refused);
  }

  /** Returns the code to close the connection with, when the message is refused. */
  #handle(connection: Connection, { op, d: data }: z.infer<typeof frame>): Close | undefined {
    switch (op) {
      case Op.Heartbeat:
        send(connection.socket, Op.HeartbeatAck, null);
        return undefined;
      case Op.Identify:
        return this.#identify(connection, data);
      case Op.Resume:
        return this.#resume(connection, data);
      case Op.RequestGuildMembers:
        return this.#sendMembers(connection, data);
      default:
        // Presence and voice updates change nothing here; opcodes nobody knows are let pass.
        return connection.session ? undefined : Close.NotAuthenticated;
    }
  }

  #identify(connection: Connection, data: unknown): Close | undefined {
    const read = identify.safeParse(data);
    if (connection.session) return Close.AlreadyAuthenticated;
    if (!read.success) return Close.DecodeError;
    const { token, intents } = read.data;
    const shard = read.data.shard ?? [0, 1];
    if (!this.#isToken(token)) return Close.AuthenticationFailed;
    if (intents & ~ALL_INTENTS) return Close.InvalidIntents;
    if (intents & ~(this.#options.allowedIntents ?? ALL_INTENTS)) return Close.DisallowedIntents;
    if (shard[0] >= shard[1]) return Close.InvalidShard;
    const session = new Session(this.#options.newSessionId(), intents, shard, connection.socket);
    this.#abandonOthers(session);
    this.#sessions.set(session.id, session);
    connection.session = session;
    this.#welcome(session);
    return undefined;
  }

  #welcome(session: Session): void {
    const { directory, url } = this.#options;
    const { id } = directory.world.application;
    const guildId = directory.world.guild.id;
    const covers = session.covers(guildId);
    session.dispatch(Event.Ready, {
      v: 10,
      user: { ...userObject(directory.bot()), verified: true, mfa_enabled: true, email: null },
      guilds: covers ? [{ id: guildId, unavailable: true }] : [],
      session_id: session.id,
      resume_gateway_url: url(),
      shard: session.shard,
      application: { id, flags: 0 },
      private_channels: [],
      presences: [],
      relationships: [],
      session_type: 'normal',
    });
    const withMembers = session.has(GatewayIntentBits.GuildMembers);
    const withPresences = session.has(GatewayIntentBits.GuildPresences);
    if (covers) session.dispatch(Event.GuildCreate, guildCreateObject(directory, withMembers, withPresences));
    this.#announce();
  }

  #resume(connection: Connection, data: unknown): Close | undefined {
    const read = resume.safeParse(data);
    if (!read.success) return Close.DecodeError;
    const { token, session_id: id, seq } = read.data;
    if (!this.#isToken(token)) return Close.AuthenticationFailed;
    const session = this.#sessions.get(id ?? '');
    if (session?.canResumeAfter(seq ?? 0)) {
      connection.session = session;
      session.resume(connection.socket, seq ?? 0);
      this.#announce();
    } else {
      send(connection.socket, Op.InvalidSession, false);
    }
    return undefined;
  }

  /** https://docs.discord.com/developers/events/gateway-events#request-guild-members */
  #sendMembers({ session }: Connection, data: unknown): Close | undefined {
    const read = requestMembers.safeParse(data);
    if (!session) return Close.NotAuthenticated;
    if (!read.success) return Close.DecodeError;
    for (const chunk of memberChunks(this.#options.directory, session, read.data)) {
      session.dispatch(Event.GuildMembersChunk, chunk);
    }
    return undefined;
  }

  /** A client that identifies anew on a shard has given up its earlier session there. */
  #abandonOthers(next: Session): void {
    for (const session of this.#sessions.values()) {
      if (!session.socket && session.shard[0] === next.shard[0]) this.#sessions.delete(session.id);
    }
  }

  #isToken(token: string): boolean {
    return token.replace(/^Bot /, '') === this.#options.token;
  }

  #announce(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** A socket, and the session it speaks for once it has identified. */
interface Connection {
  readonly socket: WebSocket;
  session: Session | undefined;
  /** The code that the server began to close it with. */
  closedWith: number | undefined;
}

function close(connection: Connection, code: number): void {
  connection.closedWith ??= code;
  connection.socket.close(code);
}

function send(socket: WebSocket, op: Op, data: unknown): void {
  socket.send(JSON.stringify({ op, d: data, s: null, t: null }));
}

function parse(text: string): z.infer<typeof frame> | undefined {
  try {
    return frame.safeParse(parseJson(text)).data;
  } catch {
    // Not JSON: the caller closes the connection with 4002, as Discord does.
    return undefined;
  }
}
