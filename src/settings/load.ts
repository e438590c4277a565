// The settings file as it is now: missing, faulty or good.

import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { message } from '../i18n/message.ts';
import { LARGEST, type SettingsFault, tooLarge, wholeFile } from './fault.ts';
import type { SettingsContext, SettingsWith } from './read.ts';

/** Looked for in the working directory where no file is named. */
export const DEFAULT_FILE = 'marshal.yaml';

/** A file that is not there, or cannot be used. */
type NotGood =
  | { readonly kind: 'missing'; readonly seen: '' }
  | { readonly kind: 'faulty'; readonly seen: string; readonly faults: readonly SettingsFault[] };

/** What was found. `seen` tells a changed file from one that was only touched. */
export type Found<Rules> =
  | NotGood
  | {
      readonly kind: 'good';
      readonly seen: string;
      readonly settings: SettingsWith<Rules>;
      /** Whether there is nothing in the file, not even a comment. */
      readonly isBlank: boolean;
    };

export interface LoadDeps<Rules> extends SettingsContext<Rules> {
  /** Where a relative path starts; the working directory unless told. */
  readonly directory?: string;
}

/**
 * Looks for the settings. A file that was asked for and is not there is a fault.
 * @param path the file that was asked for; `undefined`: `marshal.yaml`, if there is one
 */
export async function findSettings<Rules>(
  path: string | undefined,
  deps: LoadDeps<Rules>,
): Promise<Found<Rules>> {
  const found = await loadSettings(path ?? DEFAULT_FILE, deps);
  if (found.kind !== 'missing' || path === undefined) return found;
  return { kind: 'faulty', seen: found.seen, faults: [wholeFile(message('settings.noFile'))] };
}

/** Reads a file once. */
export async function loadSettings<Rules>(
  file: string,
  { commands, rules, directory = '' }: LoadDeps<Rules>,
): Promise<Found<Rules>> {
  const raw = await readRaw(resolve(directory, file));
  if (!Buffer.isBuffer(raw)) return raw;
  const seen = `bytes ${raw.toString('latin1')}`;
  if (raw.length > LARGEST) return { kind: 'faulty', seen, faults: [tooLarge] };
  const text = decode(raw);
  if (text === null) return { kind: 'faulty', seen, faults: [wholeFile(message('settings.encoding'))] };
  // The YAML parser is loaded only where there is a file.
  const { readSettings } = await import('./read.ts');
  const result = readSettings(text, { commands, rules });
  return result.ok
    ? { kind: 'good', seen, settings: result.settings, isBlank: text.trim() === '' }
    : { kind: 'faulty', seen, faults: result.faults };
}

async function readRaw(path: string): Promise<Buffer | NotGood> {
  try {
    // One byte more than is allowed is enough to know that there is too much.
    return await buffer(createReadStream(path, { end: LARGEST }));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return { kind: 'missing', seen: '' };
    const detail = error.message;
    return { kind: 'faulty', seen: detail, faults: [wholeFile(message('settings.unreadable', { detail }))] };
  }
}

/** @returns `null` for what is not UTF-8 */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
