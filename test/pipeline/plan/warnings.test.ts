// The points of a warning, read back from the options of its case.
import { describe, expect, it } from 'vitest';
import { warn } from '../../../commands/warn.ts';
import { isWarning } from '../../../src/command/command.ts';
import { warningOf } from '../../../src/pipeline/plan/warnings.ts';

describe('the points of a warning', () => {
  it.each([
    [{}, 1],
    [{ points: '5' }, 5],
    [{ points: ' 7 ' }, 7],
    [{ points: '１２' }, 12],
    [{ points: ' ' }, 1],
    [{ points: 'many' }, 1],
  ])('%j give %i', (options, points) => {
    if (!isWarning(warn)) throw new Error('/warn gives no points');
    expect(warningOf(warn).pointsIn(options)).toBe(points);
  });
});
