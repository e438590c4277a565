// One running Discord stand-in, as tests, benches and the terminal use it.

import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import type { Gateway } from './gateway/gateway.ts';
import type {
  AutocompleteInput,
  ClickInput,
  MenuInput,
  ModalInput,
  People,
  TextInput,
  TypeInput,
} from './people/people.ts';
import type { Fault, Faults, FaultTarget } from './rest/faults.ts';
import type { Parts } from './rest/parts.ts';
import type { RecordedRequest, RequestLog } from './rest/requests.ts';
import type { OfferedChoice } from './wire/callback.ts';
import { TypingRefused } from './wire/errors.ts';
import type { CommandRule } from './world/command-permissions.ts';
import type { RegisteredCommand } from './world/commands.ts';
import type { Reply } from './world/interactions/interaction.ts';
import type { MessageView } from './world/messages/stored-message.ts';
import { channelObject } from './world/objects.ts';
import type { DiscordWorld } from './world/world.ts';

/** What the service is made of; `startDiscordService` puts it together. */
export interface ServiceParts extends Parts {
  readonly app: FastifyInstance;
  readonly gateway: Gateway;
  readonly people: People;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly token: string;
  /** `http://127.0.0.1:PORT/api`. */
  readonly api: string;
}

/**
 * A running stand-in. The methods that act as a person throw `TypingRefused` where Discord's own client
 * would not have sent anything.
 */
export class DiscordService {
  readonly #parts: ServiceParts;

  /** @internal Made by `startDiscordService`. */
  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** Base of the REST API for a client's `rest.api`, without a version. */
  get api(): string {
    return this.#parts.api;
  }

  /** The one bot token that is accepted. */
  get token(): string {
    return this.#parts.token;
  }

  get applicationId(): string {
    return this.world.application.id;
  }

  get guildId(): string {
    return this.world.guild.id;
  }

  /** The guild and all in it; changes show in the next object that is sent. */
  get world(): DiscordWorld {
    return this.#parts.directory.world;
  }

  /** The last REST requests that carried a valid token or needed none, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.#parts.requests.list();
  }

  /** Everything registered, for the guild first. */
  commands(): RegisteredCommand[] {
    return [...this.#parts.guildCommands.list(), ...this.#parts.globalCommands.list()];
  }

  /**
   * Sets who may use a command, as a server's admin does on the Integrations page, and tells the bots.
   * @param command its name; `null` for all commands of the application
   * @param rules in place of those before; none leaves the defaults
   * @throws TypingRefused for a command, role, member or channel that does not exist
   */
  setCommandPermissions(command: string | null, rules: readonly CommandRule[]): void {
    const { commandPermissions, gateway } = this.#parts;
    const id =
      command === null ? this.applicationId : this.commands().find(({ name }) => name === command)?.id;
    if (id === undefined) throw new TypingRefused('unknown-command', `No command ${command} is registered`);
    const set = commandPermissions.set(id, rules);
    gateway.dispatch(GatewayDispatchEvents.ApplicationCommandPermissionsUpdate, set);
  }

  /** The messages of a channel that everybody sees, oldest first; the channel by name or id. */
  messages(channel: string): MessageView[] {
    return this.#parts.messages.inChannel(this.#parts.directory.channel(channel).id);
  }

  /** The direct messages between the bot and a member, oldest first; the member by name or id. @throws TypingRefused */
  directMessages(member: string): MessageView[] {
    const { direct, directory, messages } = this.#parts;
    return messages.inChannel(direct.with(directory.member(member)).id);
  }

  /** The key by which a bot checks the signatures of interactions over HTTP, in hexadecimal. */
  get publicKey(): string {
    return this.#parts.endpoint.publicKey;
  }

  /**
   * Sends interactions over HTTP, as the Interactions Endpoint URL in the developer portal does; `null` sends them over
   * the gateway again. The endpoint is tried first: a PING, and a false signature.
   * @throws DiscordError 50035 saying what is wrong with the endpoint
   */
  async setInteractionsEndpoint(url: string | null): Promise<void> {
    await this.#parts.endpoint.set(url ?? undefined);
  }

  /** Deletes a channel and its threads, as a server's admin does, and tells the bots. @throws TypingRefused */
  deleteChannel(channel: string): void {
    const { directory, gateway } = this.#parts;
    const gone = directory.channel(channel);
    const { channels } = this.world;
    const inside = Object.entries(channels).filter(([, each]) => directory.parentOf(each).id === gone.id);
    for (const [name] of inside) delete channels[name];
    gateway.dispatch(
      GatewayDispatchEvents.ChannelDelete,
      channelObject(directory, gone),
      GatewayIntentBits.Guilds,
    );
  }

  /** Resolves when a bot is connected and has had READY. */
  waitForReady(): Promise<void> {
    return this.#parts.gateway.ready();
  }

  /** Types a slash command; resolves with the answer, when it was deferred with the filled one. */
  async type(input: TypeInput): Promise<Reply> {
    return this.#parts.people.type(input);
  }

  /** Writes plain text in a channel. */
  typeText(input: TextInput): MessageView {
    return this.#parts.people.typeText(input);
  }

  /** Picks a command of the Apps menu on a member. */
  async userMenu(input: MenuInput): Promise<Reply> {
    return this.#parts.people.userMenu(input);
  }

  /** Picks a command of the Apps menu on a message. */
  async messageMenu(input: MenuInput): Promise<Reply> {
    return this.#parts.people.messageMenu(input);
  }

  /** Asks for the choices of an option while it is typed. @throws TypingRefused `late` after 3 s */
  async autocomplete(input: AutocompleteInput): Promise<readonly OfferedChoice[]> {
    return this.#parts.people.autocomplete(input);
  }

  /** Presses a button, or chooses in a menu. */
  async click(input: ClickInput): Promise<Reply> {
    return this.#parts.people.click(input);
  }

  /** Fills a modal in and sends it. */
  async submitModal(input: ModalInput): Promise<Reply> {
    return this.#parts.people.submitModal(input);
  }

  /** Waits until a reply is as wanted, such as `(reply) => reply.edits > 1`. @throws the signal's reason */
  async until(reply: Reply, isEnough: (reply: Reply) => boolean, signal?: AbortSignal): Promise<Reply> {
    const interaction = this.#parts.interactions.find(reply.interactionId);
    if (!interaction) throw new Error(`Interaction ${reply.interactionId} is not known any more`);
    return interaction.until(isEnough, signal);
  }

  /** Marks as late what is older than 3 s by the clock; for tests that move an injected clock. */
  settleLate(): void {
    this.#parts.interactions.settleLate();
  }

  /** Lets the next REST requests that match go wrong. `times` defaults to 1. */
  failNext(target: FaultTarget, fault: Fault, times?: number): void {
    this.#parts.faults.next(target, fault, times);
  }

  /** Forgets the faults that have not happened yet. */
  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** Ends every gateway connection with a close code, or abruptly. */
  dropConnections(code?: number): void {
    this.#parts.gateway.dropConnections(code);
  }

  /** Op 7: asks every client to reconnect and resume. */
  requestReconnect(): void {
    this.#parts.gateway.requestReconnect();
  }

  /** Op 9: declares the sessions invalid; with `resumable` the client may still resume. */
  invalidateSessions(resumable: boolean = false): void {
    this.#parts.gateway.invalidateSessions(resumable);
  }

  /** Stops the server and ends every wait with `TypingRefused`. */
  async close(): Promise<void> {
    this.#parts.interactions.close();
    this.#parts.gateway.close();
    await this.#parts.app.close();
  }
}
