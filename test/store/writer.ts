// A process that opens and settles cases without end, and prints the number of each that was acknowledged.
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore } from '../../src/store/store.ts';
import { doneTarget, draft } from './cases/drafts.ts';

const [url = '', access, pause = '0'] = process.argv.slice(2);
const group = 'g';
const store = await openStore(url, {
  clock: Date,
  logger: pino({ level: 'silent' }),
  shared: access === 'shared',
});
process.stdout.write('ready\n');

async function write(): Promise<never> {
  for (;;) {
    const { number } = (await store.cases.open(draft({ group }))).case;
    process.stdout.write(`opened ${number}\n`);
    await store.cases.settle(group, number, { state: 'applied', targets: [doneTarget('bob')] });
    process.stdout.write(`settled ${number}\n`);
    if (pause !== '0') await setTimeout(Number(pause));
  }
}

await Promise.all([write(), write(), write()]);
