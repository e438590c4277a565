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
import { discordError, notModelled } from './errors.ts';
import {
  characters,
  checkForm,
  list,
  type Refinement,
  readForm,
  report,
  snowflake,
  text,
  unmodelled,
  whole,
} from './form.ts';

const MAX_EMBEDS_TOTAL = 6000;
const SETTABLE_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
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

const ids = list(snowflake, 0, 100).nullish();

const allowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    roles: ids,
    users: ids,
    replied_user: z.boolean().nullish(),
  })
  .superRefine(checkMentions);

/** Type 1, which forwards a message, is not modelled. */
const reference = z
  .object({
    type: unmodelled('forwarding a message'),
    message_id: snowflake,
    channel_id: snowflake.nullish(),
    guild_id: snowflake.nullish(),
    fail_if_not_exists: z.boolean().nullish(),
  })
  .nullish();

const message = z.object({
  content: text(0, 2000).nullish(),
  tts: z.boolean().nullish(),
  embeds: list(embed, 0, 10).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  components: z.array(topLevelComponent).nullish(),
  flags: z.int().nullish(),
  attachments: z
    .array(
      z.object({
        id: snowflake,
        filename: z.string().nullish(),
        description: text(0, 1024).nullish(),
      }),
    )
    .nullish(),
  nonce: z.union([text(1, 25), z.int()]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: reference,
  sticker_ids: unmodelled('stickers'),
  poll: unmodelled('polls'),
  shared_client_theme: unmodelled('themes in messages'),
});

type Embed = z.infer<typeof embed>;
type Message = z.infer<typeof message>;

/** A message body that passed. A part is `undefined` where the body left it out, and `null` where it clears it. */
export interface MessageBody {
  readonly content: string | null | undefined;
  readonly embeds: APIEmbed[] | null | undefined;
  readonly components: APIMessageTopLevelComponent[] | null | undefined;
  readonly allowedMentions: APIAllowedMentions | null | undefined;
  /** Ids of the files that an edit keeps; all, when the body names none. */
  readonly keptAttachments: string[] | undefined;
  /** By the field of the form that the file is in. */
  readonly descriptions: Map<string, string>;
  readonly flags: number;
  readonly nonce: string | number | undefined;
  readonly enforceNonce: boolean;
  readonly reference: MessageReference | undefined;
}

/** What a message replies to. */
export interface MessageReference {
  readonly messageId: string;
  /** Whether the message is refused when there is no such message. */
  readonly failIfNotExists: boolean;
}

/**
 * Reads a message body; `before` are the flags of the message that it edits, if it edits one.
 * @throws DiscordError 50035 for a bad body, 501 for what is not modelled
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
    descriptions: descriptionsOf(read),
    flags: read.flags ?? 0,
    nonce: read.nonce ?? undefined,
    enforceNonce: read.enforce_nonce ?? false,
    reference: referenceOf(read),
  };
}

/** The `id` of a file that comes with the body is the number in its field's name. */
function descriptionsOf({ attachments }: Message): Map<string, string> {
  const described = (attachments ?? []).filter(({ description }) => description);
  return new Map(described.map(({ id, description }) => [`files[${id}]`, description ?? '']));
}

function referenceOf({ message_reference: reference }: Message): MessageReference | undefined {
  if (!reference) return undefined;
  return { messageId: reference.message_id, failIfNotExists: reference.fail_if_not_exists ?? true };
}

/** Refuses a message in which there is nothing to see. @throws DiscordError 50006 */
export function refuseEmpty(
  message: Pick<MessageBody, 'content' | 'embeds' | 'components'>,
  files: number,
): void {
  const listed = (message.embeds?.length ?? 0) + (message.components?.length ?? 0) + files;
  if (!message.content?.trim() && listed === 0) throw discordError(50006);
}

function checkMessage(body: Message, before: number, ctx: Refinement): void {
  const flags = (body.flags ?? 0) | before;
  if ((body.flags ?? 0) & MessageFlags.IsVoiceMessage) throw notModelled('voice messages');
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
  readonly parse?: string[] | null | undefined;
  readonly users?: string[] | null | undefined;
  readonly roles?: string[] | null | undefined;
}

function checkMentions(body: Mentions, ctx: Refinement): void {
  for (const kind of ['users', 'roles'] as const) {
    if (!body.parse?.includes(kind) || !body[kind]?.length) continue;
    const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
    report(ctx, [], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
  }
}
