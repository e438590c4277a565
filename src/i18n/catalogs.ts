// The message files, one a language, loaded once.
import en from './en.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };
import ko from './ko.json' with { type: 'json' };
import type { Locale } from './locale.ts';
import type { MessageId } from './message.ts';
import zhCN from './zh-CN.json' with { type: 'json' };

export const catalogs: Readonly<Record<Locale, Readonly<Record<MessageId, string>>>> = {
  en,
  'zh-CN': zhCN,
  ko,
  ja,
};

/** Whether a text is the identifier of a message. */
export const isMessageId = <Id extends string>(id: Id): id is Id & MessageId => Object.hasOwn(en, id);
