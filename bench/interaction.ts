// An interaction in, its reply out, through discord.js and both stand-ins, against the least bot that does as much.
import { duel, ms, quantile, type Row, sample, times } from './measure.ts';
import { type Stage, startStage } from './stage.ts';

const commands = 200;
const poller = 7;
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

export async function benchInteraction(): Promise<readonly Row[]> {
  const [ours, least] = [await startStage('bots/ours.ts'), await startStage('bots/least.ts')];
  const [muteOurs, muteLeast] = [muter(ours, { already: 'until' }), muter(least, {})];
  const one = await duel(
    poller,
    () => sample(commands, muteOurs, pauseMs),
    () => sample(commands, muteLeast, pauseMs),
  );
  const oursAtOnce = await atOnce(muteOurs);
  const leastAtOnce = await atOnce(muteLeast);
  await ours.close();
  await least.close();
  return [
    {
      name: '/mute to its reply, one by one, p50',
      ours: ms(one.ours.p50),
      floor: ms(one.floor.p50),
      ratio: times(one.p50Ratio),
      aim: '≤ 1.3x',
    },
    {
      name: `${crowd.toLocaleString('en')} at once, slowest first answer (3,000 ms allowed)`,
      ours: ms(oursAtOnce.slowest),
      floor: ms(leastAtOnce.slowest),
      ratio: `${oursAtOnce.late} late`,
      aim: '0 late',
    },
  ];
}

async function atOnce(mute: ReturnType<typeof muter>) {
  const replies = await Promise.all(Array.from({ length: crowd }, mute));
  const answered = replies.map((reply) => reply.afterMs ?? Number.POSITIVE_INFINITY);
  return { late: replies.filter((reply) => reply.kind === 'late').length, slowest: quantile(answered, 1) };
}
