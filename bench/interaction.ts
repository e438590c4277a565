// An interaction in, its reply out, through discord.js and both stand-ins: the product as a user gets it, beside a bot as
// the guide of discord.js builds it, and the least bot that makes the same two calls.
import { setTimeout as delay } from 'node:timers/promises';
import { median, ms, quantile, type Row, times, us } from './measure.ts';
import { type Stage, startStage } from './stage.ts';

const commands = 200;
const rounds = 7;
/** Pause before each command: faster ones would wait for Chat's cap of 200 calls a second, which is another bench. */
const pauseMs = 8;
const crowd = 1_000;

/** Types /mute on somebody who is muted: what is meant is said, so that nobody is asked. */
function muter(stage: Stage, more: Readonly<Record<string, string>>) {
  let seconds = 1_000_000;
  return () => {
    seconds += 60;
    return stage.discord.type({
      as: 'ken',
      command: 'mute',
      options: { member: '@bob', duration: String(seconds), ...more },
    });
  };
}

interface Round {
  /** Milliseconds to the reply. */
  readonly p50: number;
  /** Microseconds of the bot's CPU a command, with what it does behind its reply. */
  readonly cpu: number;
}

async function roundOf(stage: Stage, mute: ReturnType<typeof muter>): Promise<Round> {
  const waits: number[] = [];
  const before = await stage.cpu();
  for (let index = 0; index < commands; index += 1) {
    await delay(pauseMs);
    const start = performance.now();
    await mute();
    waits.push(performance.now() - start);
  }
  return { p50: median(waits), cpu: ((await stage.cpu()) - before) / commands };
}

export async function benchInteraction(): Promise<readonly Row[]> {
  const [ours, guide, least] = [
    await startStage('bots/ours.ts'),
    await startStage('bots/guide.ts'),
    await startStage('bots/least.ts'),
  ];
  const [muteOurs, muteGuide, muteLeast] = [
    muter(ours, { already: 'until' }),
    muter(guide, {}),
    muter(least, {}),
  ];
  const trios: (readonly [Round, Round, Round])[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const first = await roundOf(ours, muteOurs);
    const trio = [first, await roundOf(guide, muteGuide), await roundOf(least, muteLeast)] as const;
    // The first is for warming up.
    if (round > 0) trios.push(trio);
  }
  const oursAtOnce = await atOnce(muteOurs);
  const guideAtOnce = await atOnce(muteGuide);
  await ours.close();
  await guide.close();
  await least.close();
  const middle = (pick: (trio: readonly [Round, Round, Round]) => number) => median(trios.map(pick));
  return [
    {
      name: '`/mute` to its reply, beside the guide-style bot, p50',
      ours: ms(middle(([one]) => one.p50)),
      floor: ms(middle(([, one]) => one.p50)),
      ratio: times(middle(([a, b]) => a.p50 / b.p50)),
      aim: '≤ 1.3x',
    },
    {
      name: 'the same, CPU a command',
      ours: us(middle(([one]) => one.cpu)),
      floor: us(middle(([, one]) => one.cpu)),
      ratio: times(middle(([a, b]) => a.cpu / b.cpu)),
      aim: '≤ 1.3x',
    },
    {
      name: '`/mute` to its reply, beside the least bot, p50',
      ours: ms(middle(([one]) => one.p50)),
      floor: ms(middle(([, , one]) => one.p50)),
      ratio: times(middle(([a, , b]) => a.p50 / b.p50)),
      aim: 'beside',
    },
    {
      name: 'the same, CPU a command',
      ours: us(middle(([one]) => one.cpu)),
      floor: us(middle(([, , one]) => one.cpu)),
      ratio: times(middle(([a, , b]) => a.cpu / b.cpu)),
      aim: 'beside',
    },
    {
      name: `${crowd.toLocaleString('en')} at once, slowest first answer (3,000 ms allowed), beside the guide-style bot`,
      ours: ms(oursAtOnce.slowest),
      floor: ms(guideAtOnce.slowest),
      ratio: `${oursAtOnce.late} late, ${guideAtOnce.late} late`,
      aim: '0 late',
    },
  ];
}

async function atOnce(mute: ReturnType<typeof muter>) {
  const replies = await Promise.all(Array.from({ length: crowd }, mute));
  const answered = replies.map((reply) => reply.afterMs ?? Number.POSITIVE_INFINITY);
  return { late: replies.filter((reply) => reply.kind === 'late').length, slowest: quantile(answered, 1) };
}
