// Invites: addresses that lead into other communities.
import { message } from '../../../i18n/message.ts';
import { map } from '../../../settings/shape.ts';
import { some, text } from '../../fields.ts';
import { trigger } from '../../part.ts';
import { findAddress } from './address.ts';
import { type Host, hostsIn, isWithin } from './hosts.ts';

/** Where services let people in: a host, and how the path of an invite begins. */
const doors: readonly (readonly [host: string, path: RegExp])[] = [
  ['discord.gg', /^\/\S/],
  ['discord.com', /^\/invite\//],
  ['discordapp.com', /^\/invite\//],
  ['t.me', /^\/\S/],
  ['telegram.me', /^\/\S/],
  ['chat.whatsapp.com', /^\/\S/],
  ['wa.me', /^\/\S/],
  ['line.me', /^\/(?:R\/)?ti\//i],
  ['lin.ee', /^\/\S/],
  ['open.kakao.com', /^\/o\//],
  ['qm.qq.com', /^\/\S/],
  ['jq.qq.com', /^\/\S/],
  ['qun.qq.com', /^\/\S/],
  ['u.wechat.com', /^\/\S/],
  ['weixin.qq.com', /^\/[gr]\//],
  ['kook.vip', /^\/\S/],
  ['kook.top', /^\/\S/],
  ['guilded.gg', /^\/i\//],
  ['band.us', /^\/n\//],
];

export const invites = trigger({
  name: 'invites',
  example: '{ allow: [discord.gg/our-server] }',
  settings: () => map({ allow: some(text).optional() }).optional(),
  sentence: () => message('rules.trigger.invites'),
  compile(settings) {
    const allowed = new Set((settings?.allow ?? []).map(bare));
    return findAddress((shown) =>
      hostsIn(shown).find((one) => isInvite(one) && !allowed.has(addressOf(one))),
    );
  },
});

const isInvite = ({ host, path }: Host): boolean =>
  doors.some(([door, shape]) => isWithin(host, door) && shape.test(path));

const addressOf = ({ host, path }: Host): string => bare(`${host}${path}`);

/** Without scheme and `www.`, parameters and a slash at the end. Codes tell capitals apart, hosts do not. */
const bare = (address: string): string =>
  address
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .replace(/^[^/]+/, (host) => host.toLowerCase());
