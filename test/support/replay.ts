// What Chat's state must be, told from the cases alone: each done effect, one after the other; uncertain ones allow both.
import { PERMANENT } from '../../src/chat/protocol/schemas.ts';
import type { CaseTarget, ModerationCase } from '../../src/moderation/cases/case.ts';
import { type MemberSnapshot, readSnapshot } from '../../src/moderation/cases/snapshot.ts';
import type { Group } from '../../src/sandbox/chat/index.ts';

/** All of a member that the commands can change. Times are Unix seconds, 0 for none. */
export interface MemberState {
  readonly isMember: boolean;
  readonly role: string;
  readonly nameCard: string;
  readonly msgFlag: string;
  readonly team: string;
  readonly mutedUntil: number;
  readonly bannedUntil: number;
}

const OUT = { isMember: false, role: '', nameCard: '', msgFlag: '', team: '' };
const NEWCOMER = { isMember: true, role: 'Member', nameCard: '', msgFlag: 'AcceptAndNotify', team: '' };

/** The states that a target may be in: of a member, of the group (locked or not), of a message (recalled or not). */
export type State = MemberState | boolean;

/** The state of a target now, read from the sandbox's world. */
export function stateOf(group: Group, target: string, now: number): State {
  if (target === group.id) return group.profile.MuteAllMember === 'On';
  if (/^\d+$/.test(target)) return group.message(Number(target))?.state === 'recalled';
  const member = group.members.get(target);
  const running = (until = 0) => (until > now ? until : 0);
  const times = {
    mutedUntil: running(group.mutes.get(target)),
    bannedUntil: running(group.bans.get(target)?.until),
  };
  if (member === undefined) return { ...OUT, ...times };
  const { role, nameCard, msgFlag, fields } = member;
  return { isMember: true, role, nameCard, msgFlag, team: fields.get('team') ?? '', ...times };
}

/** Clocks and repeated requests put two ends of the same mute apart at most by this, in seconds. */
const SLACK = 30;

export function isSame(one: State, other: State): boolean {
  if (typeof one === 'boolean' || typeof other === 'boolean') return one === other;
  const near = (a: number, b: number) => Math.abs(a - b) <= SLACK;
  return (
    near(one.mutedUntil, other.mutedUntil) &&
    near(one.bannedUntil, other.bannedUntil) &&
    one.isMember === other.isMember &&
    one.role === other.role &&
    one.nameCard === other.nameCard &&
    one.msgFlag === other.msgFlag &&
    one.team === other.team
  );
}

/**
 * The states that a target may be in after a case.
 * @param original the case itself, or the one that it undoes
 */
export function statesAfter(
  states: readonly State[],
  record: ModerationCase,
  original: ModerationCase,
  target: CaseTarget,
): readonly State[] {
  const { outcome } = target;
  if (outcome !== 'done' && outcome !== 'uncertain') return states;
  const before = original.targets.find((one) => one.target === target.target) ?? target;
  const steps = states.map((state) =>
    record === original ? [effect(state, record)] : wayBack(state, original, before),
  );
  const last = steps.flatMap((one) => one.slice(-1));
  return outcome === 'done' ? last : [...states, ...steps.flat()];
}

const flags = new Map([
  ['all', 'AcceptAndNotify'],
  ['silent', 'AcceptNotNotify'],
  ['mentions', 'AcceptNotNotifyExceptAt'],
  ['block', 'Discard'],
]);

/** What a command does to one target. */
function effect(state: State, { command, options, endsAt }: ModerationCase): State {
  if (typeof state === 'boolean') return command !== 'unlock';
  const until = endsAt === null ? PERMANENT : Math.floor(endsAt / 1_000);
  const text = (name: string) => (options[name] === '-' ? '' : (options[name] ?? ''));
  switch (command) {
    case 'mute':
      return { ...state, mutedUntil: until };
    case 'unmute':
      return { ...state, mutedUntil: 0 };
    case 'promote':
      return { ...state, role: 'Admin' };
    case 'demote':
      return { ...state, role: 'Member' };
    case 'nick':
      return { ...state, nameCard: text('name') };
    case 'notify':
      return { ...state, msgFlag: flags.get(text('mode')) ?? '' };
    case 'field':
      return { ...state, team: text('value') };
    case 'kick':
      return { ...state, ...OUT };
    case 'ban':
      return { ...state, ...OUT, bannedUntil: until };
    case 'unban':
      return { ...state, bannedUntil: 0 };
    case 'warn':
      return state;
    default:
      throw new Error(`what /${command} does is not known here`);
  }
}

/** The states that an undo goes through, the last one included. */
function wayBack(state: State, { command }: ModerationCase, target: CaseTarget): readonly State[] {
  if (typeof state === 'boolean') return [command === 'unlock'];
  const kept = readSnapshot(target.before);
  if (kept?.kind !== 'member') throw new Error(`nothing was kept of ${target.target}`);
  const { mutedUntil, bannedUntil, nameCard, fields } = kept;
  switch (command) {
    case 'mute':
    case 'unmute':
      return [{ ...state, mutedUntil }];
    case 'promote':
      return [{ ...state, role: 'Member' }];
    case 'demote':
      return [{ ...state, role: 'Admin' }];
    case 'nick':
      return [{ ...state, nameCard }];
    case 'notify':
      return [{ ...state, msgFlag: kept.msgFlag ?? '' }];
    case 'field':
      return [{ ...state, team: fields.team ?? '' }];
    case 'kick':
      return broughtBack(state, kept);
    case 'ban':
      if (kept.role === null || bannedUntil > 0) return [{ ...state, bannedUntil }];
      return [{ ...state, bannedUntil: 0 }, ...broughtBack({ ...state, bannedUntil: 0 }, kept)];
    case 'unban':
      return [{ ...state, bannedUntil }];
    case 'warn':
      return [state];
    default:
      throw new Error(`how /${command} is undone is not known here`);
  }
}

/** Custom fields are not brought back. */
function broughtBack(
  state: MemberState,
  { role, nameCard, msgFlag }: MemberSnapshot,
): readonly MemberState[] {
  const added = { ...state, ...NEWCOMER };
  return [added, { ...added, role: role ?? 'Member', nameCard, msgFlag: msgFlag ?? NEWCOMER.msgFlag }];
}
