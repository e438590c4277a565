// Rows of buttons as Discord takes them: what those under replies and questions share.
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type ButtonStyle,
  ComponentType,
} from 'discord.js';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

/** Longest `custom_id`, in characters (docs.discord.com/developers/components/reference). */
export const MOST_ID = 100;

/** A button; its identifier begins with words of ours, for it may stand beside buttons of a host application. */
export const buttonOf = (
  style: Exclude<ButtonStyle, ButtonStyle.Link | ButtonStyle.Premium>,
  label: string,
  id: string,
): APIButtonComponentWithCustomId => ({ type: ComponentType.Button, style, label, custom_id: id });

/** The row with these buttons, at most five; no row where there is none. */
export const rowsOf = (buttons: readonly APIButtonComponentWithCustomId[]): readonly ButtonRow[] =>
  buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: [...buttons] }];
