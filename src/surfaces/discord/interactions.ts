// Takes the interactions that are ours, and leaves every other to whoever shares the client.
import { randomUUID } from 'node:crypto';
import type {
  AutocompleteInteraction,
  BaseInteraction,
  ButtonInteraction,
  Interaction,
  UserContextMenuCommandInteraction,
} from 'discord.js';
import { type Command, changesChat } from '../../command/command.ts';
import { localeOf } from '../../i18n/locale.ts';
import { type Message, message } from '../../i18n/message.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { converse } from '../../request/conversation.ts';
import type { Request } from '../../request/request.ts';
import { createLanes, type Lanes } from '../../util/lanes.ts';
import { within } from '../../util/pause.ts';
import { suggest } from './autocomplete.ts';
import type { DiscordDeps } from './deps.ts';
import { describe } from './errors.ts';
import { askedInForm, askedInMenu, formFor, formOf, menuCommand, needsForm } from './registration/menu.ts';
import { Conversation } from './replies/conversation.ts';
import { notice, type Reply, replyOf } from './replies/embed.ts';
import { askedByPage, pageRow } from './replies/page-buttons.ts';
import { createQuestions, type PressedInVain, type Questions } from './replies/questions.ts';
import { type Answerable, Responder } from './replies/reply.ts';
import { discordStyle } from './replies/style.ts';
import { askedByButton, undoRow } from './replies/undo-button.ts';
import { type Asked, askedIn, isDryRun, requestOf } from './request.ts';

export interface Interactions {
  /** Listens to `interactionCreate`. Never throws. */
  take(interaction: Interaction): void;
  /** Waits for those under way, at most `ms` milliseconds. @returns how many are still under way then */
  settle(ms: number): Promise<number>;
}

/**
 * Commands that are carried out at once: enough for all that Chat takes in a second. With more under way, replies are
 * promised at once, and the commands wait behind these promises: the machine may be too busy to keep the 3 s later.
 */
const AT_ONCE = 64;

/** Handles interactions by themselves: each is answered, or logged, whatever becomes of the others. */
export function createInteractions(settings: DiscordDeps): Interactions {
  const underWay = new Set<Promise<void>>();
  const questions = createQuestions(settings.answerWithin);
  const lanes = createLanes(AT_ONCE);

  return {
    take(interaction) {
      const crowded = underWay.size >= AT_ONCE;
      const work = workFor(interaction, { settings, questions, lanes, crowded });
      if (work === undefined) return;
      const done = carryOut(work).catch((error: unknown) => {
        const fields = { interaction: interaction.id, failure: describe(error) };
        settings.logger.error(fields, 'an interaction of Discord was not answered');
      });
      underWay.add(done);
      void done.finally(() => underWay.delete(done));
    },
    async settle(ms) {
      questions.close();
      await within(Promise.all(underWay), ms);
      return underWay.size;
    },
  };
}

type Work = () => Promise<void>;

/** What is thrown before the first `await` is a rejection, too. */
const carryOut = async (work: Work): Promise<void> => work();

/** What every interaction is handled with. */
interface Handling {
  readonly settings: DiscordDeps;
  readonly questions: Questions;
  readonly lanes: Lanes;
  readonly crowded: boolean;
}

/** The work that an interaction makes; `undefined` when it is not ours. */
function workFor(interaction: Interaction, handling: Handling): Work | undefined {
  const { settings } = handling;
  const { registry } = settings.moderation;
  if (interaction.isModalSubmit()) {
    const form = formOf(interaction.customId, registry);
    return form && (() => answer(interaction, askedInForm(interaction, form), handling));
  }
  if (interaction.isButton()) return workForButton(interaction, handling);
  if (interaction.isUserContextMenuCommand()) {
    const command = menuCommand(registry, interaction.commandName);
    if (command === undefined) return undefined;
    if (wrongPlace(interaction, settings) === undefined && needsForm(command)) {
      return () => openForm(interaction, command);
    }
    return () => answer(interaction, askedInMenu(interaction, command), handling);
  }
  if (!interaction.isChatInputCommand() && !interaction.isAutocomplete()) return undefined;
  const command = registry.commands.find(({ name }) => name === interaction.commandName);
  if (command === undefined) return undefined;
  if (interaction.isAutocomplete()) return () => complete(interaction, settings);
  return () => answer(interaction, askedIn(interaction, command), handling);
}

function workForButton(interaction: ButtonInteraction, handling: Handling): Work | undefined {
  const { settings, questions } = handling;
  const { registry } = settings.moderation;
  const undo = askedByButton(interaction.customId, registry);
  if (undo !== undefined) return () => answer(interaction, undo, handling);
  const page = askedByPage(interaction.customId, registry);
  if (page !== undefined) return () => answer(interaction, page, handling, true);
  const taken = questions.take(interaction);
  if (taken === 'foreign' || taken === 'taken') return undefined;
  return () => explainPress(interaction, taken, settings);
}

async function openForm(interaction: UserContextMenuCommandInteraction, command: Command): Promise<void> {
  await interaction.showModal(formFor(interaction, command, translatorFor(interaction)));
}

async function complete(interaction: AutocompleteInteraction, settings: DiscordDeps): Promise<void> {
  if (wrongPlace(interaction, settings) === undefined) await suggest(interaction, settings);
  else await interaction.respond([]);
}

/** Puts a command through the pipeline and replies with what came of it. */
async function answer(
  interaction: Answerable,
  asked: Asked,
  { settings, questions, lanes, crowded }: Handling,
  inPlace = false,
): Promise<void> {
  const first = new Responder(interaction, settings.logger, { inPlace });
  const translator = translatorFor(interaction);
  const { guildId } = interaction;
  const misplaced = wrongPlace(interaction, settings);
  if (misplaced !== undefined || guildId === null) {
    return first.send(notice(misplaced ?? message('discord.guildOnly'), translator));
  }
  const { command } = asked;
  const changes = changesChat(command) && !isDryRun(asked);
  const asksFirst = command.kind === 'changing' && command.confirms === true;
  first.promiseLater({ ephemeral: !changes || asksFirst, atOnce: crowded });
  const conversation = new Conversation(interaction, first, { settings, questions, translator });
  const reply = await replyTo(interaction, guildId, asked, { settings, lanes }, conversation);
  return conversation.send(reply);
}

async function replyTo(
  interaction: Answerable,
  guildId: string,
  asked: Asked,
  { settings, lanes }: Pick<Handling, 'settings' | 'lanes'>,
  conversation: Conversation,
): Promise<Reply> {
  const translator = translatorFor(interaction);
  try {
    const request = await requestOf(interaction, guildId, asked, settings);
    const { pipeline } = settings.moderation;
    // Whoever thinks about a question keeps nobody waiting.
    const handle = (one: Request) => lanes.take(() => pipeline.handle(one));
    const outcome = await converse(handle, request, (question) => conversation.ask(question));
    const { group } = outcome;
    const place = { command: asked.command.name, ...(group !== undefined && { group }) };
    const shown = replyOf(outcome, place, translator);
    // What the bot keeps about a server is for those who set it up.
    const reply = asked.command.kind === 'recording' ? { ...shown, ephemeral: true } : shown;
    const components = [
      ...undoRow(outcome, settings.moderation.registry, translator),
      ...pageRow(outcome, asked, translator),
    ];
    return components.length === 0 ? reply : { ...reply, body: { ...reply.body, components } };
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    const fields = {
      reference,
      command: asked.command.name,
      failure: describe(error),
      stack: stackOf(error),
    };
    settings.logger.error(fields, 'a command failed inside the bot');
    return notice(message('failed.internal', { reference }), translator);
  }
}

const pressedInVain = {
  'not yours': 'consent.notYours',
  answered: 'consent.answered',
  cancelled: 'consent.cancelled',
  over: 'consent.over',
} as const satisfies Record<PressedInVain, Message['id']>;

/** A press on a question that counts for nothing. */
function explainPress(interaction: ButtonInteraction, why: PressedInVain, settings: DiscordDeps) {
  const id = pressedInVain[why];
  const responder = new Responder(interaction, settings.logger);
  return responder.send(notice(message(id), translatorFor(interaction)));
}

/** Why a command is not taken from here; whoever installs the bot elsewhere must not moderate these groups. */
function wrongPlace({ guildId }: BaseInteraction, settings: DiscordDeps): Message | undefined {
  if (guildId === null) return message('discord.guildOnly');
  if (settings.guildId !== undefined && guildId !== settings.guildId) return message('discord.wrongGuild');
  return undefined;
}

const translatorFor = ({ locale }: { readonly locale: string }): Translator =>
  createTranslator(localeOf(locale), discordStyle);

/** Where it happened: discord.js's stacks hold no address. */
const stackOf = (error: unknown): string | undefined => (error instanceof Error ? error.stack : undefined);
