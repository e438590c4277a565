// Domains as people write them in the settings.
import { message } from '../../../i18n/message.ts';
import { accept, leaf, refuse } from '../../../settings/shape.ts';
import { some } from '../../fields.ts';

const shape = /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,62})\.){1,8}\p{L}[\p{L}\p{N}-]{1,62}$/u;

/** A domain without scheme, path and `*`: its subdomains belong to it. */
export const domain = leaf((input) => {
  const name = typeof input === 'string' ? input.toLowerCase().normalize('NFKC') : '';
  return shape.test(name) ? accept(name) : refuse((path) => message('rules.domain', { path }));
}).meta({ type: 'string', examples: ['example.com'] });

export const domainList = some(domain);
