// The state of members in the sandbox, shown after a command so that its effect can be seen.
import type { Role } from '../chat/protocol/schemas.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import { endOf } from '../moderation/groups/facts.ts';
import type { Group, World } from '../sandbox/chat/index.ts';
import type { Executed } from '../surfaces/terminal/execute.ts';
import { plain } from '../surfaces/terminal/style.ts';

/** One line for every account that a changing command named: role, mute, ban and name card. */
export function stateLines(world: World, { command, group, outcome }: Executed, translator: Translator) {
  const place = world.groups.get(group ?? '');
  if (command?.kind !== 'changing' || place === undefined) return [];
  // What follows from a warning is a result of its own, about the same member.
  const targets = new Set(outcome.results.map(({ target }) => target));
  return [...targets]
    .filter((target) => world.accounts.has(target))
    .map((target) => {
      const facts = factsOf(place, target, world.now()).map((fact) => translator.text(fact));
      return `  ${[plain(target), ...facts].join(' · ')}`;
    });
}

function factsOf(group: Group, account: string, now: number): readonly Message[] {
  const mute = group.mutes.get(account) ?? 0;
  const ban = group.bans.get(account)?.until ?? 0;
  const nameCard = group.members.get(account)?.nameCard ?? '';
  const facts = [
    message('sandbox.role', { role: literal(roleOf(group, account) ?? 'none') }),
    mute > now ? message('whois.muted', { until: endOf(mute) }) : message('whois.notMuted'),
    ban > now ? message('whois.banned', { until: endOf(ban) }) : null,
    nameCard === '' ? null : message('sandbox.nameCard', { nameCard }),
  ];
  return facts.filter((fact) => fact !== null);
}

/** A live room keeps no members: there the role is known from its lists of admins and of who is inside. */
function roleOf(group: Group, account: string): Role | null {
  if (account === group.owner) return 'Owner';
  if (group.liveAdmins.has(account)) return 'Admin';
  return group.members.get(account)?.role ?? (group.has(account) ? 'Member' : null);
}
