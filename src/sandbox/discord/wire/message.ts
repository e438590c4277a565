// The form of a message: content, embeds, components, mentions and flags.
// https://docs.discord.com/developers/resources/message#create-message

import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { checkComponents, topLevelComponent } from './components.ts';
import { discordError } from './errors.ts';
import { characters, checkForm, list, type Refinement, readForm, report, text, whole } from './form.ts';

const MAX_EMBEDS_TOTAL = 6000;
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

const url = text(1, 2048).nullish();
const media = z.object({ url: text(1, 2048) }).nullish();

const embed = z.object({
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url,
  color: whole(0, 0xffffff).nullish(),
  timestamp: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)))
    .nullish(),
  footer: z.object({ text: text(1, 2048), icon_url: url }).nullish(),
  author: z.object({ name: text(1, 256), url, icon_url: url }).nullish(),
  image: media,
  thumbnail: media,
  fields: list(
    z.object({ name: text(1, 256), value: text(1, 1024), inline: z.boolean().nullish() }),
    0,
    25,
  ).nullish(),
});

const ids = list(z.string(), 0, 100).nullish();

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    roles: ids,
    users: ids,
    replied_user: z.boolean().nullish(),
  })
  .superRefine(checkMentions);

const message = z.object({
  content: text(0, 2000).nullish(),
  tts: z.boolean().nullish(),
  embeds: list(embed, 0, 10).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(topLevelComponent).nullish(),
  flags: z.int().nullish(),
  attachments: z
    .array(z.object({ id: z.union([z.string(), z.int()]), description: text(0, 1024).nullish() }))
    .nullish(),
  sticker_ids: list(z.string(), 0, 3).nullish(),
  poll: z.looseObject({}).nullish(),
  message_reference: z.looseObject({}).nullish(),
});

type Embed = z.infer<typeof embed>;
type Message = z.infer<typeof message>;

/** A message body that passed. A part is `undefined` where the body left it out, and `null` where it clears it. */
export interface MessageBody {
  content: string | null | undefined;
  embeds: APIEmbed[] | null | undefined;
  components: APIMessageTopLevelComponent[] | null | undefined;
  allowedMentions: APIAllowedMentions | null | undefined;
  keptAttachments: string[] | undefined;
  flags: number;
  hasMore: boolean;
}

/**
 * Reads a message body; `before` are the flags of the message that it edits, if it edits one.
 * @throws DiscordError 50035 for a bad body.
 */
export function readMessage(body: unknown, before: number = 0): MessageBody {
  const read = readForm(message, body ?? {});
  checkForm((ctx) => checkMessage(read, before, ctx));
  return {
    content: read.content,
    // The schemas above are these types; they only write a missing key as `undefined`.
    embeds: read.embeds as APIEmbed[] | null | undefined,
    components: read.components as APIMessageTopLevelComponent[] | null | undefined,
    allowedMentions: read.allowed_mentions as APIAllowedMentions | null | undefined,
    keptAttachments: read.attachments?.map((each) => String(each.id)),
    flags: read.flags ?? 0,
    hasMore: Boolean(read.poll ?? read.sticker_ids?.length),
  };
}

/** Refuses a message in which there is nothing to see. @throws DiscordError 50006 */
export function refuseEmpty(
  message: Pick<MessageBody, 'content' | 'embeds' | 'components' | 'hasMore'>,
  files: number,
): void {
  const listed = (message.embeds?.length ?? 0) + (message.components?.length ?? 0) + files;
  if (!message.content?.trim() && listed === 0 && !message.hasMore) throw discordError(50006);
}

function checkMessage(body: Message, before: number, ctx: Refinement): void {
  const flags = (body.flags ?? 0) | before;
  if ((body.flags ?? 0) & ~SETTABLE_FLAGS)
    report(ctx, ['flags'], 'FLAGS_INVALID', 'Only some flags can be set');
  const layout = Boolean(flags & MessageFlags.IsComponentsV2);
  if (layout && (body.content || body.embeds?.length)) {
    const message = 'The flag IS_COMPONENTS_V2 excludes content and embeds';
    report(ctx, ['flags'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message);
  }
  checkEmbeds(body.embeds ?? [], ctx);
  checkComponents(body.components ?? [], layout, ctx);
}

function checkEmbeds(embeds: Embed[], ctx: Refinement): void {
  for (const [index, each] of embeds.entries()) {
    if (!isEmpty(each)) continue;
    report(ctx, ['embeds', index, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  if (embeds.reduce((sum, each) => sum + embedLength(each), 0) > MAX_EMBEDS_TOTAL) {
    const message = `Embed size exceeds maximum size of ${MAX_EMBEDS_TOTAL}`;
    report(ctx, ['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', message);
  }
}

function isEmpty(each: Embed): boolean {
  const { title, description, fields, footer, author, image, thumbnail } = each;
  return !(title || description || fields?.length || footer || author || image || thumbnail);
}

function embedLength(each: Embed): number {
  const fields = (each.fields ?? []).flatMap((field) => [field.name, field.value]);
  const texts = [each.title, each.description, each.footer?.text, each.author?.name, ...fields];
  return texts.reduce((sum, one) => sum + characters(one ?? ''), 0);
}

interface Mentions {
  parse?: string[] | null | undefined;
  users?: string[] | null | undefined;
  roles?: string[] | null | undefined;
}

function checkMentions(body: Mentions, ctx: Refinement): void {
  for (const kind of ['users', 'roles'] as const) {
    if (!body.parse?.includes(kind) || !body[kind]?.length) continue;
    const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
    report(ctx, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
  }
}
