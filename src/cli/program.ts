// The command line: subcommands and their options. Each subcommand is loaded when it is called for.
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { type BareId, message } from '../i18n/message.ts';
import { plain } from '../surfaces/terminal/style.ts';
import { type Terminal, translatorFor, writeLine } from '../surfaces/terminal/terminal.ts';
import type { BacktestFlags } from './rules/backtest.ts';
import type { TryFlags } from './rules/try.ts';
import type { SandboxFlags } from './sandbox.ts';
import type { CommandFlags } from './session.ts';
import { hiderFor, SetupProblem } from './setup.ts';
import type { CreateFlags } from './token.ts';

/** Carries a subcommand out; its exit code is the program's. `locale` is the language of what keeps it from starting. */
type Act = (locale: string | undefined, work: () => Promise<number>) => Promise<void>;

const packageFile = z.object({ version: z.string() });

interface LocaleFlag {
  readonly locale?: string;
}

/** @param argv what follows the program's name @returns the exit code */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<number> {
  let code = 0;
  const act: Act = async (locale, work) => {
    code = await work().catch((error: unknown) => explain(error, terminal, locale));
  };
  try {
    await buildProgram(terminal, act).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its message already.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
}

/** Says what keeps the program from starting. @throws what is no such thing */
function explain(error: unknown, terminal: Terminal, locale: string | undefined): number {
  if (!(error instanceof SetupProblem)) throw error;
  const { text } = translatorFor(terminal.environment, locale);
  const hide = hiderFor(terminal);
  for (const sentence of error.sentences) writeLine(terminal.stderr, hide(text(sentence)));
  return 1;
}

function buildProgram(terminal: Terminal, act: Act): Command {
  const { text } = translatorFor(terminal.environment);
  const words = (id: BareId) => text(message(id));
  const program = new Command('chat-marshal')
    .description(words('terminal.program'))
    .version(ownVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (line) => terminal.stdout.write(line),
      writeErr: (line) => terminal.stderr.write(line),
    });
  addServe(program, terminal, words, act);
  addRun(program, terminal, words, act);
  addSandbox(program, terminal, words, act);
  addDoctor(program, terminal, words, act);
  addRegister(program, terminal, words, act);
  addRecord(program, terminal, words, act);
  addRules(program, terminal, words, act);
  addToken(program, terminal, words, act);
  return program;
}

type Words = (id: BareId) => string;

const withLocale = (command: Command, words: Words): Command =>
  command.option('--locale <tag>', words('terminal.option.locale'));

const withCommandOptions = (command: Command, words: Words): Command =>
  withLocale(command, words)
    .option('--group <id>', words('terminal.option.group'))
    .option('--as <account>', words('terminal.option.as'))
    .option('--dry-run', words('terminal.option.dryRun'))
    .option('--json', words('terminal.option.json'));

function addServe(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withCommandOptions(program.command('serve', { isDefault: true }), words)
    .description(words('terminal.serve'))
    // As the default, it gets whatever is no subcommand.
    .allowExcessArguments()
    .action((flags: CommandFlags, { args: [stray] }: Command) =>
      act(flags.locale, async () => {
        if (stray !== undefined) program.error(`error: unknown command '${plain(stray)}'`);
        const { serve } = await import('./serve.ts');
        return serve(terminal, flags);
      }),
    );
}

function addRun(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withCommandOptions(program.command('run'), words)
    .description(words('terminal.run'))
    .argument('<line...>', words('terminal.argument.line'))
    .action((line: readonly string[], flags: CommandFlags) =>
      act(flags.locale, async () => {
        const { run } = await import('./run.ts');
        return run(terminal, line.join(' '), flags);
      }),
    );
}

function addSandbox(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withLocale(program.command('sandbox'), words)
    .description(words('terminal.sandbox'))
    .option('--chat-port <port>', words('terminal.option.chatPort'), readPort)
    .option('--discord-port <port>', words('terminal.option.discordPort'), readPort)
    .option('--host <address>', words('terminal.option.host'))
    .option('--world <file>', words('terminal.option.world'))
    .option('--no-save', words('terminal.option.noSave'))
    .action((flags: SandboxFlags & LocaleFlag) =>
      act(flags.locale, async () => {
        const { runSandbox } = await import('./sandbox.ts');
        return runSandbox(terminal, flags);
      }),
    );
}

function addDoctor(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withLocale(program.command('doctor'), words)
    .description(words('terminal.doctor'))
    .action(({ locale }: LocaleFlag) =>
      act(locale, async () => {
        const { doctor } = await import('./doctor/doctor.ts');
        return doctor(terminal, locale);
      }),
    );
}

function addRegister(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withLocale(program.command('register'), words)
    .description(words('terminal.register'))
    .action(({ locale }: LocaleFlag) =>
      act(locale, async () => {
        const { register } = await import('./register.ts');
        return register(terminal, locale);
      }),
    );
}

function addRecord(program: Command, terminal: Terminal, words: Words, act: Act): void {
  withLocale(program.command('backup'), words)
    .description(words('terminal.backup'))
    .argument('<file>', words('terminal.argument.newFile'))
    .action((file: string, { locale }: LocaleFlag) =>
      act(locale, async () => (await import('./record.ts')).backup(terminal, file, locale)),
    );
  withLocale(program.command('export'), words)
    .description(words('terminal.export'))
    .action(({ locale }: LocaleFlag) =>
      act(locale, async () => (await import('./record.ts')).exportCases(terminal)),
    );
  withLocale(program.command('import'), words)
    .description(words('terminal.import'))
    .argument('<file>', words('terminal.argument.file'))
    .action((file: string, { locale }: LocaleFlag) =>
      act(locale, async () => (await import('./record.ts')).importCases(terminal, file, locale)),
    );
}

function addRules(program: Command, terminal: Terminal, words: Words, act: Act): void {
  const rules = program.command('rules').description(words('terminal.rules'));
  withLocale(rules.command('check'), words)
    .description(words('terminal.rules.check'))
    .argument('[file]', words('terminal.argument.settings'))
    .action((file: string | undefined, { locale }: LocaleFlag) =>
      act(locale, async () => (await import('./rules/check.ts')).checkRules(terminal, file, locale)),
    );
  withLocale(rules.command('try'), words)
    .description(words('terminal.rules.try'))
    .argument('<text...>', words('terminal.argument.text'))
    .option('--group <id>', words('terminal.option.tryGroup'))
    .option('--from <account>', words('terminal.option.tryFrom'))
    .option('--role <role>', words('terminal.option.tryRole'))
    .option('--name', words('terminal.option.tryName'))
    .option('--json', words('terminal.option.json'))
    .action((text: readonly string[], flags: TryFlags) =>
      act(flags.locale, async () =>
        (await import('./rules/try.ts')).tryRules(terminal, text.join(' '), flags),
      ),
    );
  withLocale(rules.command('backtest'), words)
    .description(words('terminal.rules.backtest'))
    .argument('[file]', words('terminal.argument.history'))
    .option('--since <time>', words('terminal.option.since'))
    .option('--group <id>', words('terminal.option.sinceGroup'))
    .option('--json', words('terminal.option.json'))
    .action((file: string | undefined, flags: BacktestFlags) =>
      act(flags.locale, async () =>
        (await import('./rules/backtest.ts')).backtestRules(terminal, file, flags),
      ),
    );
  rules
    .command('schema')
    .description(words('terminal.rules.schema'))
    .action(() => act(undefined, async () => (await import('./rules/schema.ts')).printSchema(terminal)));
}

function addToken(program: Command, terminal: Terminal, words: Words, act: Act): void {
  const token = program.command('token').description(words('terminal.token'));
  withLocale(token.command('create'), words)
    .description(words('terminal.token.create'))
    .requiredOption('--name <name>', words('terminal.option.tokenName'))
    .requiredOption('--allow <capabilities...>', words('terminal.option.allow'))
    .requiredOption('--rank <rank>', words('terminal.option.rank'))
    .option('--group <ids...>', words('terminal.option.tokenGroup'))
    .option('--expires <duration>', words('terminal.option.expires'))
    .option('--questions <way>', words('terminal.option.questions'))
    .option('--impersonate <accounts...>', words('terminal.option.impersonate'))
    .action((flags: CreateFlags) =>
      act(flags.locale, async () => (await import('./token.ts')).createToken(terminal, flags)),
    );
  withLocale(token.command('list'), words)
    .description(words('terminal.token.list'))
    .option('--json', words('terminal.option.json'))
    .action((flags: LocaleFlag & { readonly json?: boolean }) =>
      act(flags.locale, async () => (await import('./token.ts')).listTokens(terminal, flags)),
    );
  withLocale(token.command('revoke'), words)
    .description(words('terminal.token.revoke'))
    .argument('<name>', words('terminal.argument.token'))
    .action((name: string, { locale }: LocaleFlag) =>
      act(locale, async () => (await import('./token.ts')).revokeToken(terminal, name, locale)),
    );
}

/** The version in the nearest package.json, which stands at another distance from the built program. */
function ownVersion(): string {
  const path = findPackageJSON(import.meta.url);
  return path === undefined ? 'unknown' : packageFile.parse(JSON.parse(readFileSync(path, 'utf8'))).version;
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('0 to 65535.');
}
