// For actions that have nothing to set.
import { message } from '../../i18n/message.ts';
import { accept, leaf, refuse } from '../../settings/shape.ts';

/** The name alone, or a blank after it. */
export const nothing = leaf((input) =>
  isBlank(input) ? accept(null) : refuse((path) => message('rules.nothing', { path })),
).meta({ type: 'null' });

const isBlank = (input: unknown): boolean =>
  input === undefined || (typeof input === 'object' && (input === null || Object.keys(input).length === 0));
