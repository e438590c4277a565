// The record across processes: kept between runs, shared by a run beside the bot, owned by one bot.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ProgramStage, setProgramStage, until } from '../../support/program.ts';

let stage: ProgramStage;
beforeEach(async () => {
  stage = await setProgramStage();
});
afterEach(() => stage.close());

const start: ProgramStage['start'] = (...how) => stage.start(...how);

describe('the record', () => {
  it('is kept between runs', async () => {
    expect((await start(['run', '/promote @bob']).ended).output).toContain('Case 1');
    expect(existsSync(join(stage.directory, 'data/chat-marshal.db'))).toBe(true);
    const undone = await start(['run', '/undo']).ended;
    expect(undone).toMatchObject({ code: 0, output: expect.stringContaining('/promote was undone') });
    expect(stage.chat.world.member('guild', 'bob')?.role).toBe('Member');
  });

  it('is shared by a run beside the bot, and refused to a second bot', async () => {
    const bot = start([]);
    bot.type('/lock');
    await bot.says('Case 1');
    expect((await start(['run', '/unlock']).ended).output).toContain('Case 2');
    const second = await start([]).ended;
    expect(second.code).toBe(1);
    expect(second.output).toMatch(/in use by another process/);
    bot.type('/case view 2');
    await bot.says('Case 2: /unlock, done');
  });

  it('of a killed bot is settled at the next start', async () => {
    const bot = start([]);
    bot.type('/group');
    await bot.says('Moonlight Guild');
    stage.chat.faults.next('modify_group_member_info', { kind: 'slow', ms: 60_000, when: 'after' });
    bot.type('/promote @bob');
    await until(() => stage.chat.world.member('guild', 'bob')?.role === 'Admin');
    await bot.kill();
    const next = start([]);
    await next.says('settled cases of an earlier run');
    next.type('/case view 1');
    await next.says('Case 1: /promote, done');
  });
});

describe('a run in the middle of a command', () => {
  /** A run whose one change is held back before Chat makes it. */
  async function startHeld() {
    const [reached, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const hold = () => {
      reached.resolve();
      return go.promise;
    };
    stage.chat.faults.next('modify_group_member_info', { kind: 'held', hold });
    const run = start(['run', '/promote @bob']);
    await reached.promise;
    return { run, go: () => go.resolve() };
  }

  it('is left alone by a bot that starts', async () => {
    const { run, go } = await startHeld();
    const bot = start([]);
    bot.type('/case view 1');
    await bot.says('Case 1: /promote, under way');
    bot.type('/whois @bob');
    await bot.says('Role: member');
    go();
    expect((await run.ended).output).toContain('Case 1');
    bot.type('/case view 1');
    await bot.says('Case 1: /promote, done');
  });

  it('and killed there is settled by a bot that starts', async () => {
    const { run, go } = await startHeld();
    await run.kill();
    const bot = start([]);
    await bot.says('settled cases of an earlier run');
    bot.type('/case view 1');
    await bot.says('Case 1: /promote, failed');
    go();
  });
});

describe('a signal to npm', () => {
  it('ends the program behind it', async () => {
    const root = new URL('../../..', import.meta.url).pathname;
    const npm = start(['--prefix', root, 'start', '--silent'], 'npm', []);
    npm.type('/lock');
    await npm.says('Case 1');
    npm.child.kill('SIGTERM');
    // The pipes close only when the last process that holds them has ended.
    await npm.ended;
  });
});
