// Suggestions while an option is typed.
import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from 'discord.js';
import type { Suggestion } from '../../command/options/option.ts';
import type { DiscordDeps } from './deps.ts';
import { plain } from './replies/style.ts';
import { actorOf, placesOf } from './request.ts';

/** Longest name and value of a choice (docs.discord.com/developers/interactions/application-commands). */
const MOST = 100;

/** When to stop waiting for Chat, in milliseconds of the interaction's age; Discord gives up after 3,000. */
const GIVE_UP_AT = 2_000;

/** Answers an autocomplete. What Chat has not said in time is not suggested. @throws discord.js's error */
export async function suggest(interaction: AutocompleteInteraction, settings: DiscordDeps): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const age = Math.max(0, Date.now() - interaction.createdTimestamp);
  const signal = AbortSignal.timeout(Math.max(0, GIVE_UP_AT - age));
  const suggestions = settings.moderation.completion.suggest({
    actor: await actorOf(interaction, settings),
    command: interaction.commandName,
    option: name,
    typed: value,
    group: interaction.options.getString('group') || undefined,
    places: interaction.guildId === null ? [] : placesOf(interaction, interaction.guildId),
    defaultGroup: settings.defaultGroup,
  });
  await interaction.respond((await withinTime(suggestions, signal)).flatMap(choiceOf));
}

/** The list is read to its end for the next keystroke even where this one no longer waits for it. */
async function withinTime(
  suggestions: Promise<readonly Suggestion[]>,
  signal: AbortSignal,
): Promise<readonly Suggestion[]> {
  const { promise, resolve } = Promise.withResolvers<readonly Suggestion[]>();
  signal.addEventListener('abort', () => resolve([]));
  return Promise.race([suggestions, promise]);
}

/** A value cut short would name somebody else, so one that is too long is left out. */
function choiceOf({ label, value }: Suggestion): readonly ApplicationCommandOptionChoiceData<string>[] {
  const shown = plain(label).trim();
  // What is shown must be read back: a label that does not fit gives way to the value.
  const name = shown === '' || shown.length > MOST ? value : shown;
  return value === '' || value.length > MOST ? [] : [{ name, value }];
}
