// Embeds and components as Discord sends them back: numbered, with their defaults, and with the addresses of files.
// https://docs.discord.com/developers/components/reference

import {
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  EmbedType,
  ComponentType as Kind,
  SeparatorSpacingSize,
} from 'discord-api-types/v10';
import { checkForm } from '../../wire/form.ts';
import { References } from './references.ts';

/** What of a message its files, embeds and components decide together. */
export interface Shown {
  readonly embeds: APIEmbed[];
  readonly components: APIMessageTopLevelComponent[];
  /** The files that neither shows. */
  readonly attachments: APIAttachment[];
}

type Fields = Record<string, unknown>;

const ONE_CHOICE = { min_values: 1, max_values: 1 };
const MEDIA = { description: null, spoiler: false };
const DEFAULTS: Readonly<Record<number, Fields>> = {
  [Kind.StringSelect]: ONE_CHOICE,
  [Kind.UserSelect]: ONE_CHOICE,
  [Kind.RoleSelect]: ONE_CHOICE,
  [Kind.MentionableSelect]: ONE_CHOICE,
  [Kind.ChannelSelect]: ONE_CHOICE,
  [Kind.Thumbnail]: MEDIA,
  [Kind.File]: { spoiler: false },
  [Kind.Separator]: { divider: true, spacing: SeparatorSpacingSize.Small },
  [Kind.Container]: { accent_color: null, spoiler: false },
};

/**
 * Brings together what a message shows.
 * @throws DiscordError 50035 for `attachment://` without a file of that name
 */
export function show(
  files: readonly APIAttachment[],
  embeds: readonly APIEmbed[],
  components: readonly APIMessageTopLevelComponent[],
  newId: () => string,
): Shown {
  const shown = { embeds: [...embeds], components: [...components], attachments: [...files] };
  checkForm((to) => {
    const references = new References(files, to);
    shown.embeds = references.resolve(embeds, ['embeds']).map(asSent);
    shown.components = new Sent(files, newId).all(references.resolve(components, ['components']));
    shown.attachments = files.filter(({ id }) => !references.used.has(id));
  });
  return shown;
}

/** Every embed of a bot is "rich", and a field says whether it is inline. */
function asSent(embed: APIEmbed): APIEmbed {
  const fields = embed.fields?.map((field) => ({ ...field, inline: field.inline ?? false }));
  return { ...withoutNulls(embed), type: EmbedType.Rich, ...(fields ? { fields } : {}) };
}

/** The components of one message, whose numbers count through all of them. */
class Sent {
  readonly #files: readonly APIAttachment[];
  readonly #newId: () => string;
  #last = 0;

  constructor(files: readonly APIAttachment[], newId: () => string) {
    this.#files = files;
    this.#newId = newId;
  }

  all<T extends object>(components: readonly T[]): T[] {
    return components.map((component) => this.#one(component));
  }

  /** The components were read by their schema; only what that allows to be left out is added. */
  #one<T extends object>(component: T): T {
    const fields: Fields = { ...(withoutNulls(component) as Fields) };
    const id = typeof fields.id === 'number' ? fields.id : this.#next();
    const sent: Fields = { ...DEFAULTS[Number(fields.type)], ...fields, id };
    if (Array.isArray(fields.components)) sent.components = this.all(fields.components);
    if (isObject(fields.accessory)) sent.accessory = this.#one(fields.accessory);
    if (isObject(fields.media)) sent.media = this.#media(fields.media);
    if (isObject(fields.file))
      Object.assign(sent, { file: this.#media(fields.file) }, this.#about(fields.file));
    if (Array.isArray(fields.items)) sent.items = fields.items.map((item) => this.#item(item));
    return sent as T;
  }

  #item(item: Fields): Fields {
    const media = isObject(item.media) ? this.#media(item.media) : item.media;
    return { ...MEDIA, ...withoutNulls(item), media };
  }

  #media(media: object): Fields {
    const { url, id } = media as { url?: string; id?: string };
    const file = this.#files.find((each) => each.url === url);
    const about = file ? { content_type: file.content_type, attachment_id: file.id } : {};
    return { id: id ?? this.#newId(), url, proxy_url: url, ...about };
  }

  #about(media: object): Fields {
    const { url } = media as { url?: string };
    const file = this.#files.find((each) => each.url === url);
    return { name: file?.filename ?? null, size: file?.size ?? null };
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `null` in a body is "not set"; Discord sends such fields back only where it names them. */
function withoutNulls<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== null && each !== undefined),
  ) as T;
}
