// Serves the hourly files of messages from the service's own port, to whoever has a link.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type ChatType, fileOf, hourOf } from '../world/message-files.ts';
import type { World } from '../world/world.ts';

const FOLDER = '/msg_history/';

/** Makes links for one app. `base` is such as `http://127.0.0.1:41234`. */
export function linkMaker(secretKey: string, base: () => string) {
  return (type: ChatType, hour: string, expires: number): string => {
    const name = `${type}-${hour}-${expires}`;
    return `${base()}${FOLDER}${name}-${signOf(secretKey, name)}.gz`;
  };
}

const signOf = (secretKey: string, name: string) =>
  createHmac('sha256', secretKey).update(name).digest('hex');

export const isDownload = (path: string): boolean => path.startsWith(FOLDER);

/** Answers with the file; 404 for a link that this service never made, 403 for one that has expired. */
export function serveDownload(world: World, secretKey: string, path: string, response: ServerResponse): void {
  const found = find(world, secretKey, path);
  if (typeof found === 'number') {
    response.writeHead(found).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/gzip', 'content-length': found.length });
  response.end(found);
}

/** @returns the packed file, or the status that says why there is none */
function find(world: World, secretKey: string, path: string): Buffer | 403 | 404 {
  const link = /^\/msg_history\/((C2C|Group)-(\d{10})-(\d+))-([0-9a-f]{64})\.gz$/.exec(path);
  const [, name = '', type, hour = '', expires, sign = ''] = link ?? [];
  const start = hourOf(hour);
  if (start === undefined || !isEqual(sign, signOf(secretKey, name))) return 404;
  if (Number(expires) <= world.now()) return 403;
  return fileOf(world, type === 'C2C' ? 'C2C' : 'Group', start)?.gzip ?? 404;
}

const isEqual = (given: string, right: string) =>
  given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
