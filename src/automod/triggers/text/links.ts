// Links: any address but those of the domains that are allowed.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { trigger } from '../../part.ts';
import { findAddress } from './address.ts';
import { domainList } from './domain-list.ts';
import { hostsIn, isWithin } from './hosts.ts';

export const links = trigger({
  name: 'links',
  example: '{ allow: [example.com] }',
  settings: () => map({ allow: domainList.optional() }).optional(),
  sentence: (settings) =>
    settings?.allow === undefined
      ? message('rules.trigger.links')
      : message('rules.trigger.linksBut', { domains: settings.allow }),
  compile(settings) {
    const allowed = settings?.allow ?? [];
    return findAddress((text) =>
      hostsIn(text).find(({ host, isSure }) => isSure && !allowed.some((domain) => isWithin(host, domain))),
    );
  },
});
