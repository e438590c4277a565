// docs/rules.md: its settings are right, its rules do what it says, and its tables are those of the registry.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withParts } from '../../scripts/rules.ts';
import { bookOf, faultsOf } from './harness.ts';

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
const ready = examples.at(-1) ?? '';

test.each(examples)('example %#: its rules do what is expected of them', (yaml) => {
  expect(faultsOf(yaml)).toEqual([]);
});

test('ten ready rules, with texts in four languages', () => {
  const { everywhere, expectations } = bookOf(ready);
  expect(everywhere.rules).toHaveLength(10);
  expect(expectations).toBeGreaterThan(40);
});

test('the tables are fresh', () => {
  expect(withParts(page)).toBe(page);
});
