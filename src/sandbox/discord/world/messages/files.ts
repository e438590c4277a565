// The files that came with messages: kept for a while, and served from the stand-in's own port.

import type { APIAttachment } from 'discord-api-types/v10';
import type { UploadedFile } from '../../wire/body.ts';
import type { Snowflakes } from '../ids.ts';

/** Bytes kept at once; the oldest files make room. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The newest files, 64 MiB of them. */
export class FileStore {
  readonly #ids: Snowflakes;
  readonly #origin: () => string;
  readonly #files = new Map<string, UploadedFile>();
  #bytes = 0;

  /** @param origin where the files are served from, such as `http://127.0.0.1:4000` */
  constructor(ids: Snowflakes, origin: () => string) {
    this.#ids = ids;
    this.#origin = origin;
  }

  /** Keeps a file, and tells where it is to be had. */
  add(file: UploadedFile, channelId: string, description?: string): APIAttachment {
    const id = this.#ids.next();
    const path = pathOf(channelId, id, file.name);
    this.#keep(path, file);
    const url = `${this.#origin()}${path}`;
    const size = file.bytes.byteLength;
    const about = description === undefined ? {} : { description };
    return { id, filename: file.name, size, url, proxy_url: url, content_type: file.type, ...about };
  }

  /** The file at the place that its attachment named, while it is kept. */
  find(channelId: string, id: string, name: string): UploadedFile | undefined {
    return this.#files.get(pathOf(channelId, id, name));
  }

  #keep(path: string, file: UploadedFile): void {
    this.#files.set(path, file);
    this.#bytes += file.bytes.byteLength;
    for (const [oldest, { bytes }] of this.#files) {
      if (this.#bytes <= KEPT_BYTES) return;
      this.#files.delete(oldest);
      this.#bytes -= bytes.byteLength;
    }
  }
}

function pathOf(channelId: string, id: string, name: string): string {
  return `/attachments/${channelId}/${id}/${encodeURIComponent(name)}`;
}
