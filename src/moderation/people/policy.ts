// The policy: who may do what to whom. The bot signs as app admin, so Chat itself will not stop anybody.
import { literal, type Message, message } from '../../i18n/message.ts';
import { type Capability, type Rank, type Rights, rankOf } from '../capability.ts';
import { labelOf, type MemberFacts } from '../groups/facts.ts';
import type { Actor } from './actor.ts';

/** What a moderator may never do to themselves, whatever their rank. */
const neverOnOneself: ReadonlySet<Capability> = new Set(['mute', 'kick', 'ban', 'role']);

/** Rank that an unknown sender is given: high enough that only a rank-3 moderator acts on them. */
const unknownRank: Rank = 2;

export interface AuthorisedActor {
  readonly actor: Actor;
  readonly rights: Rights;
  /** The app admin account, which is nobody's target. */
  readonly admin: string;
}

/** What is asked for: a command, what it takes, and what its options take besides. */
export interface Demand {
  readonly name: string;
  readonly capability: Capability | null;
  readonly besides?: Capability | null;
}

/**
 * Whether the asker may use a command at all. What the surface says of a command by name goes before capabilities;
 * what the settings took away goes before both.
 * @returns the refusal, or `null` when allowed.
 */
export function authorise(
  asker: AuthorisedActor,
  { name, capability, besides = null }: Demand,
): Message | null {
  const { capabilities, denied, commands } = asker.rights;
  const byName = commands?.get(name);
  if (byName === 'deny') return message('refused.commandDenied', { command: literal(name) });
  const lacking = (one: Capability | null, allowed: boolean) =>
    one !== null && (denied?.has(one) === true || !(allowed || capabilities.has(one))) ? one : null;
  const lack = lacking(capability, byName === 'allow') ?? lacking(besides, false);
  return lack === null ? null : refusalOf(asker, name, lack);
}

function refusalOf({ actor, rights }: AuthorisedActor, command: string, capability: Capability): Message {
  if (rights.denied?.has(capability) === true) {
    return message('refused.capabilityTaken', { command: literal(command), capability: literal(capability) });
  }
  const why = rights.withheld?.get(capability);
  if (why !== undefined) {
    const withheld = { command: literal(command) };
    return message(why === 'channel' ? 'refused.channelOnly' : 'refused.rolesUnread', withheld);
  }
  if (rights.groups !== undefined && rights.capabilities.size === 0) {
    return message('refused.elsewhere', { command: literal(command) });
  }
  const source = literal(actor.authority.kind === 'groupRole' ? 'groupRole' : actor.surface);
  return message('refused.capability', {
    command: literal(command),
    capability: literal(capability),
    source,
  });
}

/** Whether an account is the app admin's own, known before anything is looked up. */
export const isBotAccount = (asker: AuthorisedActor, account: string): boolean => account === asker.admin;

export const botAccountRefusal = (account: string): Message => message('refused.botAccount', { account });

/**
 * Whether the asker may use a capability on one target. The only place where ranks are compared.
 * @param target `null` for the unknown sender of a message.
 * @returns the refusal, or `null` when allowed.
 */
export function mayActOn(
  asker: AuthorisedActor,
  target: MemberFacts | null,
  capability: Capability,
): Message | null {
  if (target === null) {
    return asker.rights.rank > unknownRank ? null : message('refused.unknownSender');
  }
  if (isBotAccount(asker, target.account)) return botAccountRefusal(target.account);
  const self = target.account === asker.actor.account;
  if (self && neverOnOneself.has(capability)) {
    return message('refused.self', { capability: literal(capability) });
  }
  // Whoever linked somebody to an account above their own rank lends nothing of what that account may do to itself.
  const { isGuessed = false, linkedRank = 3 } = asker.actor;
  const own = self && !isGuessed && rankOf(target.role) <= linkedRank;
  if (own && capability === 'recall') return null;
  if (self && isGuessed && asker.rights.rank <= rankOf(target.role)) {
    return message('refused.guessed', { member: labelOf(target), role: literal(target.role ?? 'Member') });
  }
  if (target.role === 'Owner') return message('refused.owner', { member: labelOf(target) });
  if (own || asker.rights.rank > rankOf(target.role)) return null;
  return message('refused.rank', { member: labelOf(target), role: literal(target.role ?? 'Member') });
}
