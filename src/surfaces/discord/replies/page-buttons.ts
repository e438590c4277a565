// Buttons under a page of a list: each is the same command with another beginning, so that it works after a restart.

import { ButtonStyle } from 'discord.js';
import { changesChat } from '../../../command/command.ts';
import type { Registry } from '../../../command/registry.ts';
import { parseLine } from '../../../command/text.ts';
import { type BareId, message } from '../../../i18n/message.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { Outcome } from '../../../request/outcome.ts';
import type { RawOptions } from '../../../request/request.ts';
import type { Asked } from '../request.ts';
import { type ButtonRow, buttonOf, MOST_ID, rowsOf } from './buttons.ts';

/** Begins the `custom_id` of these buttons. */
const BUTTON = 'chat-marshal-page:';

/** The row with the buttons; none where there is no other page, or where the command is too long for a button. */
export function pageRow(
  { next, group }: Outcome,
  { command, options }: Asked,
  translator: Translator,
): readonly ButtonRow[] {
  const about: RawOptions = { ...options, ...(group === undefined ? {} : { group }) };
  const { before, ...newest } = about;
  const pages: readonly (readonly [BareId, RawOptions])[] = [
    ...(before === undefined ? [] : [['discord.newest', newest] as const]),
    ...(next === undefined ? [] : [['discord.older', { ...newest, before: next }] as const]),
  ];
  const buttons = pages.flatMap(([label, page]) => {
    const id = idOf(command.name, page);
    return id === null ? [] : [buttonOf(ButtonStyle.Secondary, translator.text(message(label)), id)];
  });
  return rowsOf(buttons);
}

/** The command as a line of text; `null` where it cannot be written as one, or is too long. */
function idOf(command: string, options: RawOptions): string | null {
  const words = Object.entries(options).map(([name, value]) => `${name}:"${value}"`);
  const id = `${BUTTON}${[command, ...words].join(' ')}`;
  return id.length > MOST_ID || Object.values(options).some((value) => value.includes('"')) ? null : id;
}

/** What a press on a button asks for; `undefined` for a button that is not ours. */
export function askedByPage(customId: string, registry: Registry): Asked | undefined {
  if (!customId.startsWith(BUTTON)) return undefined;
  const parsed = parseLine(customId.slice(BUTTON.length), registry);
  // Our own buttons are of lists: a made-up one must not become a change.
  if (!parsed.ok || changesChat(parsed.value.command)) return undefined;
  return { ...parsed.value, known: [], readOnly: true };
}
