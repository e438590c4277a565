// The hourly files of messages that `get_history` offers for download (page 34885).
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Message } from './place.ts';
import type { World } from './world.ts';

export type ChatType = 'C2C' | 'Group';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Beijing is eight hours ahead of UTC, all year. */
const BEIJING = 8 * HOUR;
/** A file is made within an hour after its own has ended. */
const READY_AFTER = 2 * HOUR;
const KEPT = 7 * DAY;

/** Start of an hour that is written as `2026112409`, in Unix seconds; undefined when there is no such hour. */
export function hourOf(text: string): number | undefined {
  const [, year, month, day, hour] = /^(\d{4})(\d{2})(\d{2})(\d{2})$/.exec(text) ?? [];
  const time = Date.parse(`${year}-${month}-${day}T${hour}:00:00Z`) / 1000;
  if (Number.isNaN(time) || hourText(time - BEIJING) !== text) return undefined;
  return time - BEIJING;
}

const beijing = (time: number) => new Date((time + BEIJING) * 1000).toISOString();
const hourText = (time: number) => beijing(time).slice(0, 13).replace(/\D/g, '');

/** Beijing's time of a Unix second, such as `2015-12-02 16:45:23`. */
export const beijingTime = (time: number): string => beijing(time).slice(0, 19).replace('T', ' ');

/** Whether the file of an hour is made and not thrown away yet. */
export const isKept = (hour: number, now: number): boolean =>
  now >= hour + READY_AFTER && now < hour + HOUR + KEPT;

export interface MessageFile {
  readonly text: Buffer;
  readonly gzip: Buffer;
}

/** The file of one hour; undefined when nobody said anything. */
export function fileOf(world: World, type: ChatType, hour: number): MessageFile | undefined {
  const isWithin = ({ time }: { readonly time: number }) => time >= hour && time < hour + HOUR;
  const list = type === 'C2C' ? oneToOneOf(world, isWithin) : groupMessagesOf(world, isWithin);
  if (list.length === 0) return undefined;
  const text = Buffer.from(JSON.stringify({ MsgList: list }));
  return { text, gzip: gzipSync(text) };
}

export const md5Of = (data: Buffer): string => createHash('md5').update(data).digest('hex');

type Within = (message: { readonly time: number }) => boolean;

function oneToOneOf(world: World, isWithin: Within) {
  return world.oneToOne.filter(isWithin).map((message) => ({
    From_Account: message.from,
    To_Account: message.to,
    MsgKey: `${message.seq}_${message.random}_${message.time}`,
    ...common(message),
  }));
}

/** Messages of groups and their topics; no system tips. Recalled ones are in it, as they were said. */
function groupMessagesOf(world: World, isWithin: Within) {
  return [...world.groups.values()].flatMap((group) =>
    [{ messages: group.messages, about: {} }, ...[...group.topics.values()].map(aboutTopic)].flatMap(
      ({ messages, about }) =>
        messages
          .filter((message) => !message.isSystem && isWithin(message))
          .map((message) => ({
            From_Account: message.from,
            GroupId: group.id,
            ...about,
            ...common(message),
          })),
    ),
  );
}

const aboutTopic = (topic: { readonly id: string; readonly messages: readonly Message[] }) => ({
  messages: topic.messages,
  about: { TopicId: topic.id },
});

const common = (
  message: Pick<Message, 'body' | 'random' | 'seq' | 'time' | 'platform' | 'cloudCustomData'>,
) => ({
  MsgBody: message.body,
  MsgRandom: message.random,
  MsgSeq: message.seq,
  MsgTimestamp: message.time,
  MsgFromPlatform: message.platform,
  ClientIP: '127.0.0.1',
  ...(message.cloudCustomData !== '' && { CloudCustomData: message.cloudCustomData }),
});
