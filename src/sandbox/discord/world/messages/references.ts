// `attachment://name` in embeds and components stands for a file of the same message.
// https://docs.discord.com/developers/reference#editing-message-attachments-using-attachments-within-embeds

import type { APIAttachment } from 'discord-api-types/v10';
import { type Refinement, report } from '../../wire/form.ts';

const SCHEME = 'attachment://';

type Path = readonly (string | number)[];

/** The files that the embeds or components of one message may name. */
export class References {
  /** Ids of the files that were named; Discord leaves them out of the message's `attachments`. */
  readonly used = new Set<string>();
  readonly #files: readonly APIAttachment[];
  readonly #to: Refinement;

  /** @param to where a name without a file is reported */
  constructor(files: readonly APIAttachment[], to: Refinement) {
    this.#files = files;
    this.#to = to;
  }

  /** A copy in which every reference is the address of its file. */
  resolve<T>(value: T, path: Path): T {
    // The copy has the shape of the original: only texts are replaced, by texts.
    return this.#copy(value, path) as T;
  }

  #copy(value: unknown, path: Path): unknown {
    if (typeof value === 'string') return value.startsWith(SCHEME) ? this.#address(value, path) : value;
    if (Array.isArray(value)) return value.map((each, index) => this.#copy(each, [...path, index]));
    if (typeof value !== 'object' || value === null) return value;
    const copied = Object.entries(value).map(([key, each]) => [key, this.#copyField(key, each, path)]);
    return Object.fromEntries(copied);
  }

  /** Only addresses are references; a title that begins with the scheme is words. */
  #copyField(key: string, value: unknown, path: Path): unknown {
    const isText = typeof value === 'string' && key !== 'url' && key !== 'icon_url';
    return isText ? value : this.#copy(value, [...path, key]);
  }

  #address(reference: string, path: Path): string {
    const file = this.#files.find(({ filename }) => filename === reference.slice(SCHEME.length));
    if (file) this.used.add(file.id);
    else if (path[0] === 'embeds') {
      const message = `Scheme "attachment" must be one of ('http', 'https').`;
      report(this.#to, path, 'URL_TYPE_INVALID_SCHEME', message);
    } else {
      const message = 'The referenced attachment was not found.';
      report(this.#to, path, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message);
    }
    return file?.url ?? reference;
  }
}
