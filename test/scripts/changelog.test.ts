// The changelog when a version is made.
import { expect, test } from 'vitest';
import { released } from '../../scripts/changelog.ts';

const changelog =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- this\n\n## [0.1.0] - 2026-11-01\n\n- that\n';

test('what was unreleased stands under the version, and the next begins empty', () => {
  expect(released(changelog, '0.2.0', '2026-11-25')).toBe(
    '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-25\n\n### Added\n\n- this\n\n## [0.1.0] - 2026-11-01\n\n- that\n',
  );
});

test('a version is released once, from a part that is there', () => {
  expect(() => released(changelog, '0.1.0', '2026-11-25')).toThrow('the version 0.1.0 already');
  expect(() => released('# Changelog\n', '0.2.0', '2026-11-25')).toThrow('[Unreleased]');
});
