// Every text of a message that a client could show, each with the place it stands in.

/** One element of a message's body. */
export interface MessageElement {
  readonly MsgType: string;
  readonly MsgContent: Readonly<Record<string, unknown>>;
}

/** Where a text stands. `name` is no part of a message: a nickname or a name card. */
export const places = ['text', 'forward', 'custom', 'file', 'location', 'face', 'cloud', 'name'] as const;
export type TextPlace = (typeof places)[number];

/** A part of a text that stands in one element of the message, so that it can be masked there. */
export interface TextPart {
  /** Position of the element in the message's body. */
  readonly element: number;
  /** Where its text begins in the whole. */
  readonly start: number;
}

export interface ShownText {
  readonly place: TextPlace;
  readonly text: string;
  /** Of text elements only; elsewhere nothing can be masked. */
  readonly parts?: readonly TextPart[];
}

/** How many texts of one message are read, and how deep forwards nest (SDK: 100): a message holds 12 KB. */
const MOST_TEXTS = 200;
const DEEPEST = 100;

/** The texts of a message. @param cloud its `CloudCustomData`, as it came */
export function textsOf(body: readonly MessageElement[], cloud: unknown): readonly ShownText[] {
  const texts = written(body);
  for (const element of body) texts.push(...others(element, 0));
  texts.push(...shown('cloud', leaves(cloud, 0)));
  return texts.slice(0, MOST_TEXTS);
}

/** Text elements, as one text: clients show them side by side, so a word may be spread over several. */
function written(body: readonly MessageElement[]): ShownText[] {
  const parts = body.flatMap(({ MsgType, MsgContent: { Text } }, element) =>
    MsgType === 'TIMTextElem' && typeof Text === 'string' ? [{ element, text: Text }] : [],
  );
  if (parts.length === 0) return [];
  const joined = join(parts, '');
  return parts.length === 1 ? [joined] : [joined, join(parts, ' ')];
}

function join(
  parts: readonly { readonly element: number; readonly text: string }[],
  between: string,
): ShownText {
  let start = 0;
  const placed = parts.map(({ element, text }) => {
    const part = { element, start };
    start += text.length + between.length;
    return part;
  });
  return { place: 'text', text: parts.map(({ text }) => text).join(between), parts: placed };
}

function others({ MsgType, MsgContent: content }: MessageElement, depth: number): readonly ShownText[] {
  switch (MsgType) {
    case 'TIMCustomElem':
      return shown(
        'custom',
        [content.Desc, content.Data, content.Ext].flatMap((value) => leaves(value, 0)),
      );
    case 'TIMFileElem':
      return shown('file', leaves(content.FileName, 0));
    case 'TIMLocationElem':
      return shown('location', leaves(content.Desc, 0));
    case 'TIMFaceElem':
      return shown('face', leaves(content.Data, 0));
    case 'TIMRelayElem':
      return depth < DEEPEST ? shown('forward', forwarded(content, depth)) : [];
    default:
      return [];
  }
}

function forwarded(content: MessageElement['MsgContent'], depth: number): readonly string[] {
  const list = Array.isArray(content.MsgList) ? content.MsgList : [];
  const inner = list.filter(isMap).flatMap((item) => {
    const body = (Array.isArray(item.MsgBody) ? item.MsgBody : []).flatMap(elementOf);
    const texts = [...written(body), ...body.flatMap((element) => others(element, depth + 1))];
    return [...texts.map(({ text }) => text), ...leaves(item.CloudCustomData, 0)];
  });
  return [
    ...[content.Title, content.AbstractList, content.CompatibleText].flatMap((value) => leaves(value, 0)),
    ...inner,
  ];
}

function elementOf(value: unknown): readonly MessageElement[] {
  if (!isMap(value) || typeof value.MsgType !== 'string' || !isMap(value.MsgContent)) return [];
  return [{ MsgType: value.MsgType, MsgContent: value.MsgContent }];
}

type Values = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The texts in a value: apps put JSON into strings, so that a string may hold more of them. */
function leaves(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') {
    const inner = fromJson(value);
    return inner === null ? [value] : leaves(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, depth + 1));
  return isMap(value) ? Object.values(value).flatMap((item) => leaves(item, depth + 1)) : [];
}

/** The list or map that a string holds as JSON; `null` for any other string. */
function fromJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const shown = (place: TextPlace, texts: readonly string[]): readonly ShownText[] =>
  texts.filter((text) => text.trim() !== '').map((text) => ({ place, text }));
