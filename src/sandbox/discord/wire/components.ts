// The form of message components: buttons, menus and layout, with the rules that span several of them.
// https://docs.discord.com/developers/components/reference

import { ButtonStyle, ComponentType as Kind } from 'discord-api-types/v10';
import { z } from 'zod';
import { list, type Refinement, report, text, whole } from './form.ts';

type Path = (string | number)[];

const id = whole(0, 2 ** 31 - 1).nullish();
const customId = text(1, 100);
const anything = z.looseObject({});

const button = z.object({
  type: z.literal(Kind.Button),
  id,
  style: whole(ButtonStyle.Primary, ButtonStyle.Premium),
  label: text(0, 80).nullish(),
  emoji: anything.nullish(),
  custom_id: customId.nullish(),
  url: text(1, 512).nullish(),
  sku_id: z.string().nullish(),
  disabled: z.boolean().nullish(),
});

const selectBase = {
  id,
  custom_id: customId,
  placeholder: text(0, 150).nullish(),
  min_values: whole(0, 25).nullish(),
  max_values: whole(1, 25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};

const selectOption = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).nullish(),
  emoji: anything.nullish(),
  default: z.boolean().nullish(),
});

/** A menu of fixed options. */
export const stringSelect = z.object({
  type: z.literal(Kind.StringSelect),
  ...selectBase,
  options: list(selectOption, 1, 25),
});

/** A menu of users, roles, both, or channels. */
export const autoSelect = z.object({
  type: z.literal([Kind.UserSelect, Kind.RoleSelect, Kind.MentionableSelect, Kind.ChannelSelect]),
  ...selectBase,
  channel_types: z.array(z.int()).nullish(),
  default_values: z.array(anything).nullish(),
});

/** Words between components. */
export const textDisplay = z.object({ type: z.literal(Kind.TextDisplay), id, content: text(1, 4000) });

const actionRow = z.object({
  type: z.literal(Kind.ActionRow),
  id,
  components: list(z.discriminatedUnion('type', [button, stringSelect, autoSelect]), 1, 5),
});

const thumbnail = z.object({
  type: z.literal(Kind.Thumbnail),
  id,
  media: anything,
  description: text(0, 1024).nullish(),
  spoiler: z.boolean().nullish(),
});

const section = z.object({
  type: z.literal(Kind.Section),
  id,
  components: list(textDisplay, 1, 3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});

const gallery = z.object({ type: z.literal(Kind.MediaGallery), id, items: list(anything, 1, 10) });
const file = z.object({ type: z.literal(Kind.File), id, file: anything, spoiler: z.boolean().nullish() });

const separator = z.object({
  type: z.literal(Kind.Separator),
  id,
  divider: z.boolean().nullish(),
  spacing: whole(1, 2).nullish(),
});

const inContainer = [actionRow, textDisplay, section, gallery, file, separator] as const;

const container = z.object({
  type: z.literal(Kind.Container),
  id,
  components: list(z.discriminatedUnion('type', inContainer), 1, 40),
  accent_color: whole(0, 0xffffff).nullish(),
  spoiler: z.boolean().nullish(),
});

/** A component that may stand at the top of a message. */
export const topLevelComponent = z.discriminatedUnion('type', [...inContainer, container]);

type TopLevel = z.infer<typeof topLevelComponent>;
type Button = z.infer<typeof button>;
type Row = z.infer<typeof actionRow>;

/** Any component as far as a walk through a tree of them needs to know it. */
export interface ComponentNode {
  readonly type: number;
  readonly custom_id?: string | null | undefined;
  readonly disabled?: boolean | null | undefined;
  readonly components?: readonly ComponentNode[] | undefined;
  readonly component?: ComponentNode | undefined;
  readonly accessory?: ComponentNode | undefined;
}

/** Every component of a tree with its path, outer ones first. */
export function* walk(nodes: readonly ComponentNode[], path: Path = []): Generator<[ComponentNode, Path]> {
  for (const [index, node] of nodes.entries()) yield* walkOne(node, [...path, index]);
}

function* walkOne(node: ComponentNode, path: Path): Generator<[ComponentNode, Path]> {
  yield [node, path];
  if (node.components) yield* walk(node.components, [...path, 'components']);
  if (node.component) yield* walkOne(node.component, [...path, 'component']);
  if (node.accessory) yield* walkOne(node.accessory, [...path, 'accessory']);
}

/** The rules over all components of a message; `layout` is whether it has the flag IS_COMPONENTS_V2. */
export function checkComponents(components: TopLevel[], layout: boolean, ctx: Refinement): void {
  const most = layout ? 40 : 5;
  if ([...(layout ? walk(components) : components)].length > most) {
    report(ctx, ['components'], 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`);
  }
  if (!layout) checkOnlyRows(components, ctx);
  checkCustomIds(components, ctx);
  for (const [node, path] of walk(components, ['components'])) {
    if (isButton(node)) checkButton(node, path, ctx);
    if (isRow(node)) checkRow(node, path, ctx);
  }
}

/** No two components of one message or modal may have the same `custom_id`. */
export function checkCustomIds(components: readonly ComponentNode[], ctx: Refinement): void {
  const seen = new Set<string>();
  for (const [node, path] of walk(components, ['components'])) {
    if (!node.custom_id) continue;
    if (seen.has(node.custom_id)) {
      const message = 'Component custom id cannot be duplicated';
      report(ctx, [...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
    }
    seen.add(node.custom_id);
  }
}

function checkOnlyRows(components: TopLevel[], ctx: Refinement): void {
  for (const [index, each] of components.entries()) {
    if (each.type === Kind.ActionRow) continue;
    report(ctx, ['components', index, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of {1}.');
  }
}

function checkRow(row: Row, path: Path, ctx: Refinement): void {
  const menus = row.components.filter((each) => each.type !== Kind.Button).length;
  if (menus === 0 || row.components.length === 1) return;
  const message = 'A row holds up to five buttons or one menu';
  report(ctx, [...path, 'components'], 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', message);
}

function checkButton(each: Button, path: Path, ctx: Refinement): void {
  const needed =
    each.style === ButtonStyle.Link ? 'url' : each.style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
  if (!each[needed]) report(ctx, [...path, needed], 'BASE_TYPE_REQUIRED', 'This field is required');
  for (const other of ['url', 'sku_id', 'custom_id'] as const) {
    if (other !== needed && each[other]) {
      const message = `A button of style ${each.style} has no ${other}`;
      report(ctx, path, 'BUTTON_COMPONENT_INVALID_COMBINATION', message);
    }
  }
  if (each.style !== ButtonStyle.Premium && !each.label && !each.emoji) {
    report(ctx, path, 'BUTTON_COMPONENT_EMPTY', 'A button needs a label or an emoji');
  }
}

function isButton(node: ComponentNode): node is Button {
  return node.type === Kind.Button;
}

function isRow(node: ComponentNode): node is Row {
  return node.type === Kind.ActionRow;
}
