// The Undo button under a reply: a press is `/undo` for that case, by whoever presses it.

import { ButtonStyle } from 'discord.js';
import { isUndoable } from '../../../command/command.ts';
import type { Registry } from '../../../command/registry.ts';
import { message } from '../../../i18n/message.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { Outcome } from '../../../request/outcome.ts';
import type { Asked } from '../request.ts';
import { type ButtonRow, buttonOf, MOST_ID, rowsOf } from './buttons.ts';

/** Begins the `custom_id` of these buttons. */
const BUTTON = 'chat-marshal-undo';

/** The row with the button; none where there is nothing to take back. */
export function undoRow(
  outcome: Outcome,
  registry: Pick<Registry, 'find'>,
  translator: Translator,
): readonly ButtonRow[] {
  const { group } = outcome;
  const command = registry.find(outcome.command);
  const done = outcome.kind === 'done' || outcome.kind === 'partly';
  const undoable = command !== null && isUndoable(command);
  const id = `${BUTTON}:${outcome.case}:${group}`;
  if (!done || !undoable || outcome.case === undefined || group === undefined || id.length > MOST_ID)
    return [];
  const label = translator.text(message('discord.undo'));
  return rowsOf([buttonOf(ButtonStyle.Secondary, label, id)]);
}

/** What a press on a button asks for; `undefined` for a button that is not ours. */
export function askedByButton(customId: string, registry: Registry): Asked | undefined {
  const [, number, group] = new RegExp(`^${BUTTON}:(\\d+):(.+)$`, 's').exec(customId) ?? [];
  const command = registry.commands.find(({ kind }) => kind === 'undoing');
  if (number === undefined || group === undefined || command === undefined) return undefined;
  return { command, options: { case: number, group }, known: [] };
}
