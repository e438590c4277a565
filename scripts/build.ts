// Builds the package into dist: the program and each entry in one file, and the types of each entry in one file.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { z } from 'zod';
import { catalogs } from '../src/i18n/catalogs.ts';
import { locales } from '../src/i18n/locale.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const packageFile = z
  .object({
    engines: z.object({ node: z.string() }),
    dependencies: z.record(z.string(), z.string()),
    peerDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const entries = { plugin: 'src/plugin.ts', sandbox: 'src/sandbox/index.ts' } as const;

/** Compiled parts that discord.js and pg use where they are installed. */
const natives = ['bufferutil', 'pg-cloudflare', 'pg-native', 'utf-8-validate', 'zlib-sync'];
/** What is installed beside the package: its types are in ours, or the application brings it along. */
const beside = [...Object.keys(packageFile.dependencies), ...Object.keys(packageFile.peerDependencies)];

/** Bundled CommonJS asks for Node's modules with `require`, which a module does not have by itself. */
const requireInModule = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;

/** Names the files of others in the source maps without their text and lines, which would be nine tenths of a map. */
const onlyOurs: Plugin = {
  name: 'maps of our own files only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, ({ path }) => {
      const map = { version: 3, sources: [basename(path)], sourcesContent: [''], mappings: 'AAAA' };
      const comment = `//# sourceMappingURL=data:application/json;base64,${btoa(JSON.stringify(map))}`;
      return { contents: `${readFileSync(path, 'utf8')}\n${comment}`, loader: 'js' };
    }),
};

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node22',
  // Stack traces and logs name classes and functions.
  keepNames: true,
  minifyWhitespace: true,
  minifySyntax: true,
  sourcemap: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [onlyOurs],
};

const asModule: BuildOptions = { ...common, format: 'esm', banner: { js: requireInModule } };

/** The program has everything in it, so that it starts fast; the entries leave out what their host has. */
const builds = (): readonly BuildOptions[] => [
  { ...asModule, entryPoints: ['src/main.ts'], outfile: 'dist/main.js', external: natives },
  ...Object.entries(entries).flatMap(([name, entry]): BuildOptions[] => {
    const library = { entryPoints: [entry], external: [...natives, ...beside] };
    return [
      { ...asModule, ...library, outfile: `dist/${name}.js` },
      { ...common, ...library, format: 'cjs', outfile: `dist/${name}.cjs` },
    ];
  }),
  starter(),
];

/** What looks at Node's version: its syntax is older than the program's. */
function starter(): BuildOptions {
  const sentences = locales.map((locale) => [locale, catalogs[locale]['terminal.oldNode']]);
  return {
    ...common,
    entryPoints: ['src/bin.ts'],
    outfile: 'dist/chat-marshal.cjs',
    format: 'cjs',
    target: 'node10',
    supported: { 'dynamic-import': true },
    banner: { js: '#!/usr/bin/env node' },
    define: {
      NEEDED_NODE: JSON.stringify(packageFile.engines.node.replace('>=', '')),
      OLD_NODE: JSON.stringify(Object.fromEntries(sentences)),
    },
    sourcemap: false,
    plugins: [programBeside],
  };
}

const programBeside: Plugin = {
  name: 'the program stands beside its starter',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/main\.ts$/ }, () => ({ path: './main.js', external: true })),
};

/** One file of types for each entry; the same for hosts that are modules and for those that are not. */
function writeTypes(): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
  for (const [name, entry] of Object.entries(entries)) {
    rollUp(join(dist, 'types', entry.replace(/\.ts$/, '.d.ts')), join(dist, `${name}.d.ts`));
    copyFileSync(join(dist, `${name}.d.ts`), join(dist, `${name}.d.cts`));
  }
  rmSync(join(dist, 'types'), { recursive: true });
}

/** Puts the declarations that an entry leads to into one file. It uses the older compiler that it brings along. */
function rollUp(entry: string, untrimmedFilePath: string): void {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const lib = ['es2024'];
  const none = { logLevel: ExtractorLogLevel.None };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: { overrideTsconfig: { compilerOptions: { ...compilerOptions, lib }, files: [entry] } },
      dtsRollup: { enabled: true, untrimmedFilePath },
      apiReport: { enabled: false },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      // Its advice on how an interface is written is for interfaces that are reviewed by it.
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: { default: none },
        tsdocMessageReporting: { default: none },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    messageCallback: (said) => {
      said.handled = said.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (!succeeded) throw new Error(`the types of ${entry} cannot be put into one file`);
}

/** The licences of all that is in the bundles, which their licences ask for. */
function writeLicences(metafiles: readonly Metafile[]): void {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs: used }) => Object.keys(used)),
  );
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(licenceOf);
  writeFileSync(join(dist, 'LICENSES.txt'), texts.join('\n\n'));
}

const named = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });

function licenceOf(folder: string): string {
  const path = join(root, folder);
  const { name, version, license } = named.parse(
    JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')),
  );
  const file = readdirSync(path).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined && license === undefined) throw new Error(`${name} has no licence`);
  const text = file === undefined ? '' : `\n\n${readFileSync(join(path, file), 'utf8').trim()}`;
  return `${name} ${version}: ${license ?? 'licence below'}${text}`;
}

if (existsSync(dist)) rmSync(dist, { recursive: true });
const built = await Promise.all(builds().map((options) => build(options)));
writeLicences(built.flatMap(({ metafile }) => metafile ?? []));
writeTypes();
