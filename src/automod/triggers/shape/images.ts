// Images: a message with more of them than allowed. Videos count.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { between } from '../../fields.ts';
import { nowhere, trigger } from '../../part.ts';
import { elementsOf } from './shared.ts';

export const images = trigger({
  name: 'images',
  example: '{ over: 3 }',
  settings: () => map({ over: between(0, 100) }),
  sentence: ({ over }) => message('rules.trigger.images', { count: over }),
  compile:
    ({ over }) =>
    (look) =>
      elementsOf(look, 'TIMImageElem', 'TIMVideoFileElem') > over ? nowhere : null,
});
