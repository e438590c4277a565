// An outcome as a Discord message: one embed, whose colour says how it went.
import {
  type APIEmbed,
  type AttachmentPayload,
  Colors,
  type InteractionReplyOptions,
  type MessageMentionOptions,
} from 'discord.js';
import { type Message, message } from '../../../i18n/message.ts';
import type { Translator } from '../../../i18n/translator.ts';
import type { Outcome, OutcomeKind, SentRequest } from '../../../request/outcome.ts';
import { type Presented, present } from '../../present.ts';
import { cut, plain } from './style.ts';

/** What is sent, and whether only the asker sees it. */
export interface Reply {
  readonly body: Pick<InteractionReplyOptions, 'allowedMentions' | 'components' | 'files'> & {
    readonly embeds: APIEmbed[];
  };
  readonly ephemeral: boolean;
}

/** Where the command was typed and what it acts on, for the footer. */
export interface Place {
  readonly command: string;
  readonly group?: string;
}

/** Longest description of an embed, in characters (docs.discord.com/developers/resources/message#embed-object-embed-limits). */
export const MOST_TEXT = 4_096;
/** Room for "… and N more" in any language. */
const MORE_ROOM = 60;
/** A footer of this length and a full description stay under the 6,000 characters of one message. */
const MOST_FOOTER = 200;

const nobody: MessageMentionOptions = { parse: [], repliedUser: false };

const colours: Readonly<Record<OutcomeKind, number>> = {
  done: Colors.Green,
  partly: Colors.Gold,
  refused: Colors.Red,
  failed: Colors.Red,
  preview: Colors.Blurple,
  answer: Colors.Blurple,
  asks: Colors.Gold,
};

/** Everybody sees what was changed; what was refused, failed or looked up is for the asker alone. */
const isPublic = (kind: OutcomeKind): boolean => kind === 'done' || kind === 'partly';

/** The reply for an outcome. */
export function replyOf(outcome: Outcome, place: Place, translator: Translator): Reply {
  const presented = present(outcome, translator);
  const shown = outcome.kind === 'preview' ? withRequests(presented, outcome.requests, translator) : null;
  const description = shown?.text ?? textOf(presented, translator);
  return {
    body: bodyOf(
      description,
      colours[outcome.kind],
      footerOf(place, outcome.case),
      shown?.file ?? fileOf(outcome),
    ),
    ephemeral: !isPublic(outcome.kind),
  };
}

function fileOf({ file }: Outcome): AttachmentPayload | undefined {
  return file && { attachment: Buffer.from(file.text), name: file.name };
}

/** A reply of one sentence, for the asker alone. */
export function notice(sentence: Message, translator: Translator): Reply {
  return { body: bodyOf(cut(translator.text(sentence), MOST_TEXT), Colors.Red), ephemeral: true };
}

function bodyOf(
  description: string,
  color: number,
  footer?: string,
  file?: AttachmentPayload,
): Reply['body'] {
  return {
    embeds: [{ description, color, ...(footer !== undefined && { footer: { text: footer } }) }],
    allowedMentions: nobody,
    ...(file !== undefined && { files: [file] }),
  };
}

function footerOf({ command, group }: Place, number: number | undefined): string {
  const parts = [`/${command}`, group, number === undefined ? undefined : `#${number}`];
  return cut(plain(parts.filter((part) => part !== undefined).join(' · ')), MOST_FOOTER);
}

/** Head, lines and reason; lines that do not fit are counted. */
function textOf({ head, lines, reason }: Presented, translator: Translator): string {
  const ending = reason === null ? '' : `\n${cut(reason, MOST_TEXT / 2)}`;
  let text = cut(head, MOST_TEXT - MORE_ROOM - ending.length);
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    if (text.length + 1 + line.length + ending.length + (isLast ? 0 : MORE_ROOM) > MOST_TEXT) {
      return `${text}\n${translator.text(message('discord.more', { count: lines.length - index }))}${ending}`;
    }
    text += `\n${line}`;
  }
  return text + ending;
}

/** The requests of a dry run under its sentences; attached as a file where they are too long. */
function withRequests(presented: Presented, requests: readonly SentRequest[], translator: Translator) {
  if (requests.length === 0) return null;
  const text = `${textOf(presented, translator)}\n${translator.text(message('requests.preview'))}`;
  const whole = [text, ...requests.map((request) => `\`\`\`json\n${asJson(request)}\n\`\`\``)].join('\n');
  if (whole.length <= MOST_TEXT) return { text: whole };
  const file = { attachment: Buffer.from(asJson(requests)), name: 'requests.json' };
  return { text: cut(text, MOST_TEXT), file };
}

/** JSON that cannot leave its code block: what could end it, or turn its direction, is written as `\uXXXX`. */
function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    /[`\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
