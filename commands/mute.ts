// /mute: keeps members from speaking for a while, or for good.

import {
  byName,
  type Choice,
  changing,
  choice,
  type Duration,
  duration,
  endOf,
  isPermanent,
  isSameEnd,
  labelOf,
  type MemberFacts,
  type Message,
  members,
  message,
  PERMANENT,
  type Refusal,
} from '../src/command/index.ts';
import { setMute } from './shared/mute.ts';
import { forMember, movedOn, mutedNow, secondsLeft, undone } from './shared/undo.ts';

/** What becomes of a mute that lasts still: longer by the duration, at least as long as it, or as long as it. */
const ways = ['extend', 'until', 'replace'] as const;
type Way = (typeof ways)[number];

export const mute = changing({
  name: 'mute',
  capability: 'mute',
  inMenu: true,
  ends: true,
  // Somebody who is muted for longer stays so.
  unattended: { already: 'until' },
  options: { member: members(), duration: duration(), already: byName(choice(ways, false)) },
  tells: true,
  calls: [{ endpoint: 'modify_group_member_info', field: 'MuteTime' }, { endpoint: 'forbid_send_msg' }],
  choice({ duration, already }, { members, now }): Choice | null {
    const muted = members.filter(isMuted);
    // A mute for good is the longest in each of the three ways.
    if (already !== undefined || duration === 'permanent' || muted.length === 0) return null;
    const about = { members: muted.map(labelOf), count: muted.length };
    return {
      option: 'already',
      about: muted.map(({ account, mutedUntil }) => `${account} ${mutedUntil}`).join('\n'),
      message: message('mute.ask', { ...about, duration }),
      lines: muted.map((member) =>
        message('mute.askMember', {
          member: labelOf(member),
          until: endOf(member.mutedUntil),
          extend: endOf(endFor(member, duration, 'extend', now)),
          replace: endOf(endFor(member, duration, 'replace', now)),
        }),
      ),
      choices: ways,
    };
  },
  lasts(options, { members, now }) {
    const last = Math.max(0, ...divide(members, options, now).changed.map(({ end }) => end));
    return last === 0 || isPermanent(last) ? null : last - now;
  },
  plan(options, { group, members, now }) {
    const { open, changed, unchanged } = divide(members, options, now);
    const byEnd = Map.groupBy(changed, ({ end }) => end);
    return [
      ...[...byEnd].flatMap(([end, list]) => {
        const seconds = isPermanent(end) ? PERMANENT : end - now;
        const listed = list.map(({ member }) => member);
        return setMute(group, listed, seconds, (member) => doneFor(member, end, seconds));
      }),
      ...unchanged.map(({ member }) => muted('mute.already', member)),
      ...open.map((member) => muted('mute.unasked', member)),
    ];
  },
  undo({ duration, already = 'until' }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, now, since, group, target } = undo;
      const set = endFor(before, duration, already, since);
      if (!isPermanent(set) && set <= now) return { target, refused: message('undo.over', { target }) };
      if (!isSameEnd(current.mutedUntil, set)) return movedOn(undo, mutedNow(current));
      const [change] = setMute(group, [current], secondsLeft(before.mutedUntil, now), () =>
        undone(undo, 'mute'),
      );
      return change ?? movedOn(undo, mutedNow(current));
    });
  },
});

/** Whom the mute changes and until when (Unix seconds), for whom it changes nothing, and for whom somebody must choose. */
function divide(
  members: readonly MemberFacts[],
  { duration, already }: { readonly duration: Duration; readonly already: Way | undefined },
  now: number,
) {
  const isOpen = (member: MemberFacts) =>
    already === undefined && duration !== 'permanent' && isMuted(member);
  const open = members.filter(isOpen);
  const planned = members
    .filter((member) => !isOpen(member))
    .map((member) => ({ member, end: endFor(member, duration, already ?? 'until', now) }));
  const { changed = [], unchanged = [] } = Object.groupBy(planned, ({ member, end }) =>
    end === member.mutedUntil ? 'unchanged' : 'changed',
  );
  return { open, changed, unchanged };
}

/** When the mute of a member is to end, in Unix seconds. */
function endFor(
  { mutedUntil }: Pick<MemberFacts, 'mutedUntil'>,
  duration: Duration,
  way: Way,
  now: number,
): number {
  if (duration === 'permanent') return PERMANENT;
  const end = now + duration.seconds;
  if (mutedUntil === 0 || way === 'replace') return end;
  if (way === 'until') return Math.max(mutedUntil, end);
  return Math.min(mutedUntil + duration.seconds, PERMANENT);
}

function doneFor(member: MemberFacts, end: number, seconds: number): Message {
  const label = { member: labelOf(member) };
  if (isPermanent(end)) return message('mute.permanent', label);
  const times = { ...label, duration: { seconds }, until: { seconds } };
  if (member.mutedUntil === 0) return message('mute.done', times);
  const before = endOf(member.mutedUntil);
  return message(end < member.mutedUntil ? 'mute.shortened' : 'mute.extended', { ...times, before });
}

const isMuted = ({ mutedUntil }: MemberFacts): boolean => mutedUntil > 0;

const muted = (id: 'mute.already' | 'mute.unasked', member: MemberFacts): Refusal => ({
  target: member.account,
  refused: message(id, { member: labelOf(member), until: endOf(member.mutedUntil) }),
});
