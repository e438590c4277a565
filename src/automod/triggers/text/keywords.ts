// Keywords: whole words and phrases, or parts of words with a `*`, also where they are disguised.
import { message } from '../../../i18n/message.ts';
import { map, problemAt } from '../../../settings/shape.ts';
import { keywords as entries, listNames } from '../../fields.ts';
import { allowList } from '../../match/allow.ts';
import { trigger } from '../../part.ts';
import { findIn, wordsOf } from './shared.ts';

export const keywords = trigger({
  name: 'keywords',
  example: "{ words: ['free skins', 'cheat*'], allow: ['cheat sheet'] }",
  settings: ({ lists }) =>
    map({
      words: entries.optional(),
      lists: listNames([...lists.keys()]).optional(),
      allow: entries.optional(),
    }).superRefine(({ words, lists: names }, context) => {
      if (words !== undefined || names !== undefined) return;
      context.addIssue(problemAt([], (path) => message('rules.wordsOrLists', { path })));
    }),
  sentence: ({ words = [], lists = [] }) =>
    lists.length === 0
      ? message('rules.trigger.keywords', { count: words.length })
      : message('rules.trigger.keywordLists', { count: words.length, lists }),
  compile({ words = [], lists = [], allow = [] }, { matcher, known }) {
    const all = [...words, ...lists.flatMap((name) => known.lists.get(name) ?? [])];
    return findIn(wordsOf(all, matcher), allowList(allow, matcher.words));
  },
});
