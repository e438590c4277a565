// The application commands that a bot registered, globally or for the guild.

import { ApplicationCommandType } from 'discord-api-types/v10';
import {
  type CommandBody,
  type CommandOption,
  commandForm,
  commandListForm,
  commandPatchForm,
} from '../wire/command.ts';
import { discordError } from '../wire/errors.ts';
import { readForm } from '../wire/form.ts';
import type { Snowflakes } from './ids.ts';

type Localizations = Record<string, string> | null;

/** A registered command. https://docs.discord.com/developers/interactions/application-commands */
export interface RegisteredCommand {
  readonly id: string;
  readonly application_id: string;
  readonly guild_id?: string;
  readonly version: string;
  readonly type: number;
  readonly name: string;
  readonly name_localizations: Localizations;
  readonly description: string;
  readonly description_localizations: Localizations;
  readonly options?: CommandOption[];
  readonly default_member_permissions: string | null;
  readonly dm_permission?: boolean;
  readonly contexts: number[] | null;
  readonly integration_types: number[];
  readonly nsfw: boolean;
}

const LIMITS: Record<number, number> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 5,
  [ApplicationCommandType.Message]: 5,
};

/** The commands of one scope: all guilds, or one. */
export class CommandScope {
  readonly #applicationId: string;
  readonly #guildId: string | undefined;
  readonly #ids: Snowflakes;
  #commands = new Map<string, RegisteredCommand>();

  constructor(applicationId: string, ids: Snowflakes, guildId?: string) {
    this.#applicationId = applicationId;
    this.#ids = ids;
    this.#guildId = guildId;
  }

  /** All commands, in the order of their registration. */
  list(): RegisteredCommand[] {
    return [...this.#commands.values()];
  }

  /** The command with this id. @throws DiscordError 10063 */
  get(id: string): RegisteredCommand {
    const command = this.#commands.get(id);
    if (!command) throw discordError(10063);
    return command;
  }

  /** The command of this type and name, if there is one. */
  find(type: number, name: string): RegisteredCommand | undefined {
    return this.list().find((command) => command.type === type && command.name === name);
  }

  /** PUT: replaces all; a command keeps its id when its type and name stay. @throws DiscordError */
  replaceAll(body: unknown): RegisteredCommand[] {
    const bodies = readForm(commandListForm, body);
    refuseTooMany(bodies.map((each) => each.type ?? 1));
    const commands = bodies.map((each) => this.#register(each));
    this.#commands = new Map(commands.map((command) => [command.id, command]));
    return commands;
  }

  /** POST: adds one, or replaces the one of the same type and name. @throws DiscordError */
  upsert(body: unknown): { command: RegisteredCommand; isNew: boolean } {
    const read = readForm(commandForm, body);
    const isNew = !this.find(read.type ?? 1, read.name);
    if (isNew) refuseTooMany([...this.list().map((each) => each.type), read.type ?? 1]);
    const command = this.#register(read);
    this.#commands.set(command.id, command);
    return { command, isNew };
  }

  /** PATCH: changes what the body names. @throws DiscordError */
  edit(id: string, body: unknown): RegisteredCommand {
    const before = this.get(id);
    const patch = readForm(commandPatchForm, body);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const command = this.#complete(id, readForm(commandForm, { ...before, ...given }));
    this.#commands.set(id, command);
    return command;
  }

  /** DELETE. @throws DiscordError 10063 */
  remove(id: string): void {
    this.get(id);
    this.#commands.delete(id);
  }

  /** An unchanged command keeps its version, a changed one gets a new one. */
  #register(body: CommandBody): RegisteredCommand {
    const before = this.find(body.type ?? 1, body.name);
    const command = this.#complete(before?.id ?? this.#ids.next(), body);
    const unchanged =
      before && JSON.stringify({ ...command, version: before.version }) === JSON.stringify(before);
    return unchanged ? before : command;
  }

  #complete(id: string, body: CommandBody): RegisteredCommand {
    return {
      id,
      application_id: this.#applicationId,
      ...(this.#guildId === undefined ? {} : { guild_id: this.#guildId }),
      version: this.#ids.next(),
      type: body.type ?? ApplicationCommandType.ChatInput,
      name: body.name,
      name_localizations: body.name_localizations ?? null,
      description: body.description ?? '',
      description_localizations: body.description_localizations ?? null,
      ...(body.options ? { options: body.options } : {}),
      default_member_permissions: body.default_member_permissions ?? null,
      ...(this.#guildId === undefined ? { dm_permission: body.dm_permission ?? true } : {}),
      contexts: body.contexts ?? null,
      integration_types: body.integration_types ?? [0],
      nsfw: body.nsfw ?? false,
    };
  }
}

function refuseTooMany(types: number[]): void {
  for (const [type, limit] of Object.entries(LIMITS)) {
    if (types.filter((each) => each === Number(type)).length > limit) throw discordError(30032);
  }
}
