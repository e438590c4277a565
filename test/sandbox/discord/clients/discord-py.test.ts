// discord.py, as Debian packages it (python3-discord), in a process of its own.

import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { registered, tryCommand, tryMessages } from './scenario.ts';

const BOT = fileURLToPath(new URL('discord_py_bot.py', import.meta.url));
// Debian's packages belong to Debian's own Python, which need not be the first in the path.
const python = ['/usr/bin/python3', 'python3'].find(hasDiscordPy);

function hasDiscordPy(command: string): boolean {
  try {
    execFileSync(command, ['-c', 'import discord.app_commands'], { stdio: 'ignore' });
    return true;
  } catch {
    // No such command, or it knows no discord.py: then this one is not to be tried.
    return false;
  }
}

it.skipIf(!python)(
  'discord.py (skipped where python3-discord is not installed)',
  async () => {
    const service = await startService({ clock: new ManualClock() });
    const gateway = service.api.replace('http', 'ws').replace('/api', '/');
    const bot = spawn(python ?? '', [BOT, service.api, gateway, service.token], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: string[] = [];
    bot.stderr.on('data', (data) => said.push(String(data)));
    const ended = new AbortController();
    bot.on('exit', () => ended.abort(new Error(`discord.py ended:\n${said.join('')}`)));
    onTestFinished(() => void bot.kill());
    await registered(service, ended.signal);
    await tryCommand(service);
    await tryMessages(service);
  },
  40_000,
);
