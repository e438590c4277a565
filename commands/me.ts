// /me: what was done to oneself in this group, the points that count, and what ends when.
import {
  endOf,
  found,
  groupLabel,
  literal,
  message,
  momentOf,
  reading,
  refused,
} from '../src/command/index.ts';
import { filters, pageOf } from './shared/cases.ts';

/** Cases whose end is looked for. */
const LOOKED = 100;

export const me = reading({
  name: 'me',
  capability: null,
  options: filters(),
  calls: [],
  async answer(narrowed, { group }, { self, cases, muted, pointsOf }) {
    if (self === null) return refused(message('refused.noOwnAccount'));
    if (cases === null) return refused(message('refused.recordOff'));
    const page = await pageOf(cases, narrowed, { target: self }, (count) =>
      message('me.head', { group: groupLabel(group), count }),
    );
    if (!page.ok) return page;
    const [points, mutes, latest] = await Promise.all([
      pointsOf(self),
      muted(),
      cases.list({ target: self, state: 'applied' }, LOOKED),
    ]);
    // A group without mutes, or one whose list cannot be read, leaves the rest to be told.
    const until = mutes.ok ? (mutes.value.get(self) ?? 0) : 0;
    const about = (line: ReturnType<typeof message>) => ({ target: self, message: line });
    return found({
      ...page.value,
      lines: [
        ...(until > 0 ? [about(message('whois.muted', { until: endOf(until) }))] : []),
        ...(points > 0 ? [about(message('warn.standing', { points }))] : []),
        ...latest.cases.flatMap(({ number, command, endsAt, undoneBy }) =>
          endsAt === null || undoneBy !== null
            ? []
            : [about(message('me.ends', { case: number, command: literal(command), at: momentOf(endsAt) }))],
        ),
        ...page.value.lines,
      ],
    });
  },
});
