// Sizes that Chat allows, in bytes of UTF-8 (pages 33529 and 34381).

import type { World } from '../world/world.ts';
import { Failure } from './failure.ts';

export const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

const textLimits = {
  Name: 30,
  Introduction: 240,
  Notification: 300,
  FaceUrl: 100,
  NameCard: 50,
  Description: 1000,
  /** Of a recall. */
  Reason: 100,
  TopicName: 30,
  PermissionGroupName: 150,
  CustomString: 3000,
} as const;

type LimitedText = keyof typeof textLimits;

/** @throws Failure 10004 when one of the texts named is longer than its limit */
export function requireTexts(texts: { readonly [Field in LimitedText]?: string | undefined }): void {
  for (const [field, max] of Object.entries(textLimits)) {
    // `Object.entries` widens the keys of `textLimits` to string.
    const text = texts[field as LimitedText];
    if (text !== undefined && bytesOf(text) > max) throw new Failure(10004, `${field} is over ${max} bytes`);
  }
}

/** Of a message's body or a notification's content. */
export const MAX_MESSAGE_BYTES = 12 * 1024;

const MAX_MEMBER_FIELDS = 5;
const MAX_FIELD_VALUE = 64;

interface KeyValue {
  readonly Key: string;
  readonly Value: string;
}

/** Checks custom fields of a member. @throws Failure 10004 */
export function requireMemberFields({ memberFields }: World, fields: readonly KeyValue[] = []): void {
  if (fields.length > MAX_MEMBER_FIELDS)
    throw new Failure(10004, `more than ${MAX_MEMBER_FIELDS} custom fields`);
  for (const { Key, Value } of fields) {
    if (!/^\w{1,16}$/.test(Key)) throw new Failure(10004, 'a key is 1 to 16 of A-Z a-z 0-9 _');
    if (!memberFields.has(Key)) throw new Failure(10004, `custom field ${Key} is not declared`);
    if (bytesOf(Value) > MAX_FIELD_VALUE) throw new Failure(10004, `${Key} is over ${MAX_FIELD_VALUE} bytes`);
  }
}

const MAX_GROUP_FIELDS = 10;
const MAX_GROUP_VALUE = 512;

/** Checks custom fields of a group. @throws Failure 10004 */
export function requireGroupFields(fields: readonly KeyValue[] = []): void {
  if (fields.length > MAX_GROUP_FIELDS)
    throw new Failure(10004, `more than ${MAX_GROUP_FIELDS} custom fields`);
  for (const { Key, Value } of fields) {
    if (!/^\w{1,16}$/.test(Key)) throw new Failure(10004, 'a key is 1 to 16 of A-Z a-z 0-9 _');
    if (bytesOf(Value) > MAX_GROUP_VALUE) throw new Failure(10004, `${Key} is over ${MAX_GROUP_VALUE} bytes`);
  }
}

/** Stores custom fields; an empty value removes the key. */
export function setFields(target: Map<string, string>, fields: readonly KeyValue[] = []): void {
  for (const { Key, Value } of fields) {
    if (Value === '') target.delete(Key);
    else target.set(Key, Value);
  }
}
