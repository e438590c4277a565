// Which Node is too old.
import { expect, test } from 'vitest';
import { isOlder } from '../../src/util/version.ts';

test.each([
  ['v22.18.9', '22.19', true],
  ['v22.19.0', '22.19', false],
  ['v22.19.1', '22.19', false],
  ['v22.9.0', '22.19', true],
  ['v24.0.0', '22.19', false],
  ['v9.11.2', '22.19', true],
  ['22', '22.0.1', true],
])('%s is older than %s: %s', (version, than, older) => {
  expect(isOlder(version, than)).toBe(older);
});
