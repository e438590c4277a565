// Changes the bot's own records: each only where it is still as it was when the change was planned.
import { message } from '../../i18n/message.ts';
import type { Write } from '../../moderation/cases/change.ts';
import type { RecordWrite } from '../../moderation/cases/write.ts';
import type { CaseActor } from '../../moderation/people/actor.ts';
import type { TargetResult } from '../../request/outcome.ts';
import type { Recorder } from '../deps.ts';

/** In whose name it is written, and about which group. */
interface Author {
  readonly group: string;
  readonly by: CaseActor;
}

/** Writes, and says what became of it. A database that cannot be written is a failure, never an exception. */
export async function applyWrite(
  recorder: Recorder,
  author: Author,
  { target, write, done }: Write,
): Promise<TargetResult> {
  try {
    if (!isSame(await currentOf(recorder, author.group, write), write.from)) return movedOn(target);
    return (await put(recorder, author, write))
      ? { target, outcome: 'done', message: done }
      : movedOn(target);
  } catch (error) {
    recorder.logger.error(
      { group: author.group, record: write.record, err: error },
      'a record was not written',
    );
    return { target, outcome: 'failed', message: message('failed.write', { target }), uncertain: true };
  }
}

const movedOn = (target: string): TargetResult => ({
  target,
  outcome: 'refused',
  message: message('refused.recordChanged', { target }),
});

/** Both are made of texts, numbers and lists of fields in one order. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What stands in the record now, in the form that a write compares. */
export async function currentOf(
  { links, places, cases }: Pick<Recorder, 'links' | 'places' | 'cases'>,
  group: string,
  write: RecordWrite,
): Promise<RecordWrite['from']> {
  switch (write.record) {
    case 'link': {
      const link = await links.ofUser('discord', write.user);
      return link === null ? null : { account: link.account, rank: link.rank };
    }
    case 'place':
      return places.groupOf([write.place]);
    case 'log':
      return places.logOf(group);
    case 'timer':
      return (await cases.find(group, write.case))?.timerAt ?? null;
    case 'reason':
      return (await cases.find(group, write.case))?.reason ?? null;
  }
}

/** @returns whether it was written */
async function put(
  { links, places, cases }: Recorder,
  { group, by }: Author,
  write: RecordWrite,
): Promise<boolean> {
  switch (write.record) {
    case 'link': {
      const { user, to } = write;
      if (to === null) return (await links.remove('discord', user)) !== null;
      return (await links.add({ surface: 'discord', user, ...to, by })).kind === 'added';
    }
    case 'place':
      if (write.to === null) return (await places.unbind(write.place)) !== null;
      await places.bind(write.place, write.to, by);
      return true;
    case 'log':
      await places.setLog(group, write.to, by);
      return true;
    case 'timer':
      return cases.setTimer(group, write.case, write.from, write.to);
    case 'reason':
      return (await cases.changeReason(group, write.case, { author: by, reason: write.to })) !== null;
  }
}
