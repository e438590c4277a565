// A bar on the terminal while messages are judged; nothing where nobody looks.
import { message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Terminal } from '../../surfaces/terminal/terminal.ts';

export interface Progress {
  /** @param share how much is done, from 0 to 1 */
  at(share: number): void;
  /** May be called again. */
  close(): void;
}

const WIDTH = 30;

export function openProgress({ stderr }: Terminal, { text }: Translator): Progress {
  if (!('isTTY' in stderr) || stderr.isTTY !== true) return { at: () => undefined, close: () => undefined };
  let shown = '';
  return {
    at(share) {
      const done = Math.min(Math.max(share, 0), 1);
      const filled = Math.round(done * WIDTH);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
      const line = text(message('rules.backtest.progress', { bar, percent: Math.floor(done * 100) }));
      if (line === shown) return;
      shown = line;
      stderr.write(`\r\u001b[K${line}`);
    },
    close() {
      if (shown !== '') stderr.write('\r\u001b[K');
      shown = '';
    },
  };
}
