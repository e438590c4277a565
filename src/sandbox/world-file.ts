// World files on the disk: read whole, and written so that a crash in the middle leaves the old one.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseWorldText, type WorldFile } from './chat/state/index.ts';

/**
 * Reads a world file.
 *
 * @returns undefined when there is no such file yet: the default world stands in, and a save makes the file
 * @throws WorldFileFault for what is no JSON, the system's error for what cannot be read
 */
export async function readWorld(path: string): Promise<unknown> {
  try {
    return parseWorldText(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a world file, beside the old one first. @returns its path */
export async function writeWorld(path: string, world: WorldFile): Promise<string> {
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(world, null, 2)}\n`);
  await rename(fresh, path);
  return path;
}
