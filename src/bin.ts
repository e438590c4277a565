// What `chat-marshal` starts: the program, or one sentence on a Node that is too old to read it.
// The build makes this a CommonJS file whose syntax Node 10 knows. Nothing but types and pure helpers may be imported.
import { localeOf } from './i18n/locale.ts';
import { isOlder } from './util/version.ts';

/** The oldest Node that will do, from package.json; put in by the build. */
declare const NEEDED_NODE: string;
/** The message `terminal.oldNode`, by language; put in by the build. */
declare const OLD_NODE: Readonly<Record<ReturnType<typeof localeOf>, string>>;

const { env, version } = process;
if (isOlder(version, NEEDED_NODE)) {
  const locale = localeOf(env.LC_ALL || env.LC_MESSAGES || env.LANG);
  const sentence = OLD_NODE[locale].replace('{needed}', NEEDED_NODE).replace('{version}', version.slice(1));
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
} else {
  // Before the program is read, so that it counts.
  process.getBuiltinModule('node:module').enableCompileCache();
  void import('./main.ts');
}
