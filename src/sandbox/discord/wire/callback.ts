// The form of an answer to an interaction: its type, autocomplete choices and modals.
// https://docs.discord.com/developers/interactions/receiving-and-responding

import {
  InteractionResponseType as Answer,
  type APIModalInteractionResponseCallbackData,
  InteractionType,
  ComponentType as Kind,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { autoSelect, checkCustomIds, stringSelect, textDisplay } from './components.ts';
import { invalidForm } from './errors.ts';
import { characters, checkForm, list, type Refinement, readForm, report, text, whole } from './form.ts';

const ANSWERS: Record<number, readonly Answer[]> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
    Answer.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
  ],
};
const UPDATES: readonly Answer[] = [Answer.DeferredMessageUpdate, Answer.UpdateMessage];

const callback = z.object({ type: z.int(), data: z.unknown().optional() });

const choice = z.object({
  name: text(1, 100),
  name_localizations: z.record(z.string(), text(1, 100)).nullish(),
  value: z.union([z.string(), z.number()]),
});

const choices = z.object({ choices: list(choice, 0, 25) });

const textInput = z.object({
  type: z.literal(Kind.TextInput),
  id: whole(0, 2 ** 31 - 1).nullish(),
  custom_id: text(1, 100),
  style: whole(1, 2),
  label: text(1, 45).nullish(),
  min_length: whole(0, 4000).nullish(),
  max_length: whole(1, 4000).nullish(),
  required: z.boolean().nullish(),
  value: text(0, 4000).nullish(),
  placeholder: text(0, 100).nullish(),
});

/** File uploads, radio buttons and check boxes, of which only the id is looked at. */
const newerInput = z.looseObject({ type: z.literal([19, 21, 22, 23]), custom_id: text(1, 100) });

const label = z.object({
  type: z.literal(Kind.Label),
  id: whole(0, 2 ** 31 - 1).nullish(),
  label: text(1, 45),
  description: text(0, 100).nullish(),
  component: z.discriminatedUnion('type', [textInput, stringSelect, autoSelect, newerInput]),
});

const inputRow = z.object({
  type: z.literal(Kind.ActionRow),
  id: whole(0, 2 ** 31 - 1).nullish(),
  components: list(textInput, 1, 1),
});

const modal = z.object({
  custom_id: text(1, 100),
  title: text(1, 45),
  components: list(z.discriminatedUnion('type', [inputRow, label, textDisplay]), 1, 5),
});

/** A choice that autocomplete offers. */
export type OfferedChoice = z.infer<typeof choice>;

/** The type and the unread data of an answer. */
export interface Callback {
  readonly type: Answer;
  readonly data: unknown;
}

/**
 * Reads an answer and judges whether an interaction of this type may get it. `onMessage` tells whether
 * the interaction comes from a component, or from a modal opened by one: only then there is a message to update.
 * @throws DiscordError 50035
 */
export function readCallback(body: unknown, interaction: InteractionType, onMessage: boolean): Callback {
  const read = readForm(callback, body);
  const allowed = (ANSWERS[interaction] ?? []).filter((each) => onMessage || !UPDATES.includes(each));
  const type = allowed.find((each) => each === read.type);
  if (type !== undefined) return { type, data: read.data };
  const message = `Value must be one of {${allowed.join(', ')}}.`;
  throw invalidForm([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
}

/**
 * Reads autocomplete choices; `numeric` tells whether the focused option is a number.
 * @throws DiscordError 50035
 */
export function readChoices(data: unknown, numeric: boolean): OfferedChoice[] {
  const read = readForm(choices, data).choices;
  checkForm((to) => {
    for (const [index, each] of read.entries()) checkValue(each, numeric, ['choices', index, 'value'], to);
  });
  return read;
}

/**
 * Reads a modal.
 * @throws DiscordError 50035
 */
export function readModal(data: unknown): APIModalInteractionResponseCallbackData {
  const read = readForm(modal, data);
  checkForm((to) => checkCustomIds(read.components, to));
  // The schema above is this type; it only writes a missing key as `undefined`.
  return read as APIModalInteractionResponseCallbackData;
}

function checkValue(each: OfferedChoice, numeric: boolean, path: (string | number)[], to: Refinement): void {
  if (numeric !== (typeof each.value === 'number')) {
    report(to, path, 'BASE_TYPE_INVALID', 'Value is not of the type of the option.');
  } else if (typeof each.value === 'string' && characters(each.value) > 100) {
    report(to, path, 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
  }
}
