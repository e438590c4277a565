// From the start of the process to ready, and resident memory then, beside a discord.js client that does nothing.
import { median, ms, type Row, times } from './measure.ts';
import { type Started, startStage } from './stage.ts';

const runs = 7;

async function startOnce(bot: string): Promise<Started> {
  const stage = await startStage(bot);
  await stage.close();
  return stage.started;
}

export async function benchStart(): Promise<readonly Row[]> {
  const pairs: (readonly [Started, Started])[] = [];
  for (let run = 0; run < runs; run += 1)
    pairs.push([await startOnce('bots/ours.ts'), await startOnce('bots/idle.ts')]);
  const middle = (pick: (pair: readonly [Started, Started]) => number) => median(pairs.map(pick));
  const mb = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;
  return [
    {
      name: 'start to ready',
      ours: ms(middle(([ours]) => ours.ready)),
      floor: ms(middle(([, idle]) => idle.ready)),
      ratio: times(middle(([ours, idle]) => ours.ready / idle.ready)),
      aim: 'beside',
    },
    {
      name: 'resident memory at ready',
      ours: mb(middle(([ours]) => ours.rss)),
      floor: mb(middle(([, idle]) => idle.rss)),
      ratio: times(middle(([ours, idle]) => ours.rss / idle.rss)),
      aim: 'beside',
    },
  ];
}
