// Topic: the message stands in one of these topics of a Community.
import { message } from '../../i18n/message.ts';
import { oneOrMore, text } from '../fields.ts';
import { condition } from '../part.ts';

export const topic = condition({
  name: 'topic',
  example: "'@TGS#_@TGS#cQVLVHIM62CJ@TOPIC#_trade'",
  settings: () => oneOrMore(text),
  sentence: (topics) => message('rules.condition.topic', { topics: topics.join(', ') }),
  compile: (topics) => {
    const all = new Set(topics);
    return ({ event }) => event.kind === 'message' && event.topic !== null && all.has(event.topic);
  },
});
