// Gives what is unreleased in CHANGELOG.md the version that package.json has; run when a version is made.
import { readFileSync, writeFileSync } from 'node:fs';

const UNRELEASED = '## [Unreleased]';

/**
 * The changelog with its unreleased part under a version and a date.
 * @param date such as `2026-11-25`
 * @throws Error when there is no such part, or the version is there already
 */
export function released(changelog: string, version: string, date: string): string {
  if (!changelog.includes(`${UNRELEASED}\n`)) throw new Error(`CHANGELOG.md has no "${UNRELEASED}"`);
  if (changelog.includes(`## [${version}]`))
    throw new Error(`CHANGELOG.md has the version ${version} already`);
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

function run(): void {
  const file = new URL('../CHANGELOG.md', import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  writeFileSync(file, released(readFileSync(file, 'utf8'), version, new Date().toISOString().slice(0, 10)));
}

if (import.meta.main) run();
