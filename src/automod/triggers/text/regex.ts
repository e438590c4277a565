// Regexes in RE2's syntax: linear in time, without look-around and back-references.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { keywords, patterns } from '../../fields.ts';
import { allowList } from '../../match/allow.ts';
import { trigger } from '../../part.ts';
import { findIn, patternsOf } from './shared.ts';

export const regex = trigger({
  name: 'regex',
  example: "{ patterns: ['\\bhttps?://bit\\.ly/'], allow: ['https://bit.ly/our-rules'] }",
  settings: () => map({ patterns, allow: keywords.optional() }),
  sentence: ({ patterns: { length } }) => message('rules.trigger.regex', { count: length }),
  compile: ({ patterns: sources, allow = [] }, { matcher }) =>
    findIn(patternsOf(sources, matcher), allowList(allow, matcher.words)),
});
