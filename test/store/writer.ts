// A process that opens and settles cases as fast as it can, and prints the number of each that was acknowledged.
import { pino } from 'pino';
import { openStore } from '../../src/store/store.ts';
import { doneTarget, draft } from './drafts.ts';

const [url = '', group = 'g'] = process.argv.slice(2);
const store = await openStore(url, { clock: { now: () => Date.now() }, logger: pino({ level: 'silent' }) });
process.stdout.write('ready\n');

async function write(): Promise<never> {
  for (;;) {
    const { number } = (await store.cases.open(draft({ group }))).case;
    process.stdout.write(`opened ${number}\n`);
    await store.cases.settle(group, number, { state: 'applied', targets: [doneTarget('bob')] });
    process.stdout.write(`settled ${number}\n`);
  }
}

await Promise.all([write(), write(), write()]);
