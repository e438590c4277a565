// The command rules of one server: read from Discord when they are needed, and kept fresh by what it announces.
import { ApplicationCommandType, Routes } from 'discord.js';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { within } from '../../../util/pause.ts';
import { describe } from '../errors.ts';
import type { DiscordLogger } from '../logger.ts';
import type { Rest } from './accounts.ts';
import { type CommandRule, type Decision, decide, type MemberHere } from './command-rules.ts';

/** By the name of a slash command; one that nothing is set for is absent. */
export type Decisions = ReadonlyMap<string, Decision>;

/** Where the rules of one server are read. */
export interface RulesSource {
  readonly rest: Rest;
  readonly applicationId: string;
  readonly guildId: string;
}

/** How long an interaction waits for a server to be read, in milliseconds; Discord gives up on it after 3,000. */
const WAIT_MS = 700;
/** How long a server that could not be read is left alone, in milliseconds. */
const RETRY_MS = 60_000;

const permissionLists = z.array(
  z.object({
    id: z.string(),
    permissions: z.array(z.object({ id: z.string(), type: z.int(), permission: z.boolean() })),
  }),
);
const commandList = z.array(z.object({ id: z.string(), type: z.int().default(1), name: z.string() }));

type Command = z.infer<typeof commandList>[number];

/** By command id, and under the application's id for all of its commands. */
type Rules = ReadonlyMap<string, readonly CommandRule[]>;

interface Known {
  readonly rules: Rules;
  /** Commands that the application has; nothing where no command has rules of its own. */
  readonly commands: readonly Command[];
}

export class GuildRules {
  readonly #source: RulesSource;
  readonly #logger: DiscordLogger;
  readonly #clock: Clock;
  #known: Known | null = null;
  #reading: Promise<void> | null = null;
  #triedAt = Number.NEGATIVE_INFINITY;
  /** What was announced since the last reading began, and is newer than what it read. */
  readonly #announced = new Map<string, readonly CommandRule[]>();

  constructor(source: RulesSource, logger: DiscordLogger, clock: Clock) {
    this.#source = source;
    this.#logger = logger;
    this.#clock = clock;
  }

  /**
   * What the rules decide about a member. Where they are not known yet, they are waited for 700 ms at most; where
   * Discord could not be asked, nothing is decided, and it is asked again after a minute. Never throws.
   */
  async decisionsFor(names: readonly string[], member: MemberHere): Promise<Decisions> {
    if (this.#known === null && this.#mayRead()) await within(this.#read(), WAIT_MS);
    return this.#known === null ? new Map() : this.#decisions(this.#known, names, member);
  }

  /** Reads what may have changed unheard. */
  async refresh(): Promise<void> {
    // What is being read just now may be from before the change.
    await this.#reading;
    await this.#read();
  }

  /** Takes what Discord says is set now for a command, or for the application. */
  announce(id: string, rules: readonly CommandRule[]): void {
    const { applicationId } = this.#source;
    const known = this.#known;
    const isKnown = id === applicationId || known?.commands.some((command) => command.id === id) === true;
    if (known !== null && isKnown) this.#known = { ...known, rules: new Map([...known.rules, [id, rules]]) };
    else if (known !== null) void this.#read();
    this.#announced.set(id, rules);
  }

  #decisions({ rules, commands }: Known, names: readonly string[], member: MemberHere): Decisions {
    // The usual case, at every interaction.
    if (rules.size === 0) return new Map();
    const slash = commands.filter(({ type }) => type === ApplicationCommandType.ChatInput);
    const ids = new Map(slash.map(({ name, id }) => [name, id]));
    const ofApplication = rules.get(this.#source.applicationId) ?? [];
    const decided = names.map((name) => {
      return [name, decide(rules.get(ids.get(name) ?? '') ?? [], ofApplication, member)] as const;
    });
    return new Map(decided.filter((entry): entry is [string, Decision] => entry[1] !== undefined));
  }

  #mayRead(): boolean {
    return this.#reading !== null || this.#clock.now() - this.#triedAt >= RETRY_MS;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    this.#triedAt = this.#clock.now();
    this.#announced.clear();
    const { guildId, applicationId } = this.#source;
    try {
      const read = await readRules(this.#source);
      const ofCommands = [...read.keys(), ...this.#announced.keys()].some((id) => id !== applicationId);
      const commands = ofCommands ? await readCommands(this.#source) : [];
      this.#known = { rules: new Map([...read, ...this.#announced]), commands };
    } catch (error) {
      this.#known = null;
      const fields = { guildId, failure: describe(error) };
      this.#logger.warn(fields, 'Discord did not say who may use the commands: permissions alone decide');
    }
  }
}

/** https://docs.discord.com/developers/interactions/application-commands#get-guild-application-command-permissions */
async function readRules({ rest, applicationId, guildId }: RulesSource): Promise<Rules> {
  const lists = await rest.get(Routes.guildApplicationCommandsPermissions(applicationId, guildId));
  return new Map(permissionLists.parse(lists).map(({ id, permissions }) => [id, permissions]));
}

/** Those of all servers, then those of this one: of two with one name, the later one counts. */
async function readCommands({ rest, applicationId, guildId }: RulesSource): Promise<readonly Command[]> {
  const lists = await Promise.all([
    rest.get(Routes.applicationCommands(applicationId)),
    rest.get(Routes.applicationGuildCommands(applicationId, guildId)),
  ]);
  return lists.flatMap((list) => commandList.parse(list));
}
