// Names and cards: keywords and regexes in a nickname or name card that changes.
import { message } from '../../../i18n/message.ts';
import { map, problemAt } from '../../../settings/shape.ts';
import { keywords, listNames, patterns } from '../../fields.ts';
import { allowList } from '../../match/allow.ts';
import { trigger } from '../../part.ts';
import { findIn, patternsOf, wordsOf } from './shared.ts';

export const names = trigger({
  name: 'names',
  example: "{ words: ['*admin*'], patterns: ['^[0-9]+$'], allow: ['badminton'] }",
  events: ['name'],
  inHistory: false,
  settings: ({ lists }) =>
    map({
      words: keywords.optional(),
      lists: listNames([...lists.keys()]).optional(),
      patterns: patterns.optional(),
      allow: keywords.optional(),
    }).superRefine((written, context) => {
      if (written.words ?? written.lists ?? written.patterns) return;
      context.addIssue(problemAt([], (path) => message('rules.wordsOrPatterns', { path })));
    }),
  sentence: () => message('rules.trigger.names'),
  compile({ words = [], lists = [], patterns: sources = [], allow = [] }, { matcher, known }) {
    const all = [...words, ...lists.flatMap((name) => known.lists.get(name) ?? [])];
    const allowed = allowList(allow, matcher.words);
    const inWords = findIn(wordsOf(all, matcher), allowed);
    const inPatterns = findIn(patternsOf(sources, matcher), allowed);
    return (look) => inWords(look) ?? inPatterns(look);
  },
});
