// Domains: addresses of these, of their subdomains, and of names that look like them.
import { message } from '../../../i18n/message.ts';
import { map, problemAt } from '../../../settings/shape.ts';
import { some } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { findAddress } from './address.ts';
import { domain, domainList } from './domain-list.ts';
import { hostsIn, isWithin, looksLike } from './hosts.ts';

export const domains = trigger({
  name: 'domains',
  example: '{ deny: [free-skins.example], lookalikes: [game.example] }',
  settings: () =>
    map({ deny: domainList.optional(), lookalikes: some(domain).optional() }).superRefine(
      (written, context) => {
        if (written.deny ?? written.lookalikes) return;
        context.addIssue(problemAt([], (path) => message('rules.denyOrLookalikes', { path })));
      },
    ),
  sentence: ({ deny = [], lookalikes = [] }) =>
    lookalikes.length === 0
      ? message('rules.trigger.domains', { domains: deny })
      : message('rules.trigger.lookalikes', { domains: lookalikes, count: deny.length }),
  compile({ deny = [], lookalikes = [] }) {
    const isDenied = (host: string) =>
      deny.some((one) => isWithin(host, one) || looksLike(host, one)) ||
      lookalikes.some((one) => looksLike(host, one));
    return findAddress((text) => hostsIn(text).find(({ host }) => isDenied(host)));
  },
});
