// Runs the benches and prints their figures as one table. `npm run bench -- chat pacing` runs some of them.
import { benchChat } from './chat.ts';
import { benchInteraction } from './interaction.ts';
import { type Row, table } from './measure.ts';
import { benchPacing } from './pacing.ts';
import { benchRecord } from './record.ts';
import { benchRules } from './rules/rules.ts';
import { benchStalls } from './stalls.ts';
import { benchStart } from './start.ts';
import { benchWebhooks } from './webhooks.ts';

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  chat: benchChat,
  pacing: benchPacing,
  interaction: benchInteraction,
  record: benchRecord,
  stalls: benchStalls,
  rules: benchRules,
  webhooks: benchWebhooks,
  start: benchStart,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.\n`,
  );
  process.exit(1);
}
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await bench()));
}
process.stdout.write(`${table(rows)}\n`);
