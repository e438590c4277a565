// What Discord's client sends when a person submits one.

import {
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
  ComponentType as Kind,
} from 'discord-api-types/v10';
import { TypingRefused } from '../wire/errors.ts';
import { characters } from '../wire/form.ts';

type Fields = Record<string, string | string[]>;
type ModalComponent = APIModalInteractionResponseCallbackData['components'][number];

/** The `data` of the interaction. @throws TypingRefused for a field that the modal lacks or does not allow. */
export function submitted(modal: APIModalInteractionResponseCallbackData, fields: Fields): object {
  const used = new Set<string>();
  const components = modal.components.map((component) => fillComponent(component, fields, used));
  const unknown = Object.keys(fields).find((name) => !used.has(name));
  if (unknown !== undefined) throw new TypingRefused('unknown-option', `The modal has no field ${unknown}`);
  return { custom_id: modal.custom_id, components };
}

function fillComponent(component: ModalComponent, fields: Fields, used: Set<string>): object {
  if (component.type === Kind.ActionRow) {
    return {
      type: component.type,
      id: 1,
      components: component.components.map((each) => input(each, fields, used)),
    };
  }
  if (component.type === Kind.Label) {
    return { type: component.type, id: 1, component: input(component.component, fields, used) };
  }
  return { type: component.type, id: 1 };
}

function input(component: { type: number; custom_id: string }, fields: Fields, used: Set<string>): object {
  const { type, custom_id } = component;
  used.add(custom_id);
  const value = fields[custom_id];
  if (!isTextInput(component)) return { type, id: 2, custom_id, values: [value ?? []].flat() };
  if (Array.isArray(value)) throw new TypingRefused('bad-value', `${custom_id} takes one text`);
  checkText(component, value ?? '');
  return { type, id: 2, custom_id, value: value ?? '' };
}

function checkText(
  { custom_id, required, min_length, max_length }: APITextInputComponent,
  value: string,
): void {
  if (value === '' && required !== false) {
    throw new TypingRefused('missing-option', `The field ${custom_id} is required`);
  }
  const length = characters(value);
  if (length > (max_length ?? 4000) || (length > 0 && length < (min_length ?? 0))) {
    throw new TypingRefused('bad-value', `The field ${custom_id} has a length that is not allowed`);
  }
}

function isTextInput(component: { type: number }): component is APITextInputComponent {
  return component.type === Kind.TextInput;
}
