// The states of a case, as a table and as properties.
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import {
  type CaseChange,
  type CaseOutcome,
  type CaseState,
  canBecome,
  caseStates,
  settledState,
  statesBefore,
} from '../../../src/moderation/cases/case.ts';
import type { Change } from '../../../src/moderation/cases/change.ts';

describe('states', () => {
  it('go from pending over what became of the calls to the end of the effect', () => {
    const moves = caseStates.flatMap((from) =>
      caseStates.filter((to) => canBecome(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(moves).toEqual([
      'pending -> applied',
      'pending -> partly',
      'pending -> failed',
      'applied -> undone',
      'applied -> expired',
      'partly -> undone',
      'partly -> expired',
    ]);
  });

  property.prop([fc.constantFrom(...caseStates)])('statesBefore is canBecome read backwards', (to) => {
    expect(statesBefore(to)).toEqual(caseStates.filter((from) => canBecome(from, to)));
  });

  property.prop([fc.array(fc.constantFrom(...caseStates))])(
    'never lead back to where a case was',
    (wanted) => {
      const visited: CaseState[] = ['pending'];
      for (const to of wanted) if (canBecome(visited.at(-1) ?? to, to)) visited.push(to);
      expect(new Set(visited).size).toBe(visited.length);
      expect(visited.length).toBeLessThanOrEqual(3);
    },
  );
});

describe('the state of settled targets', () => {
  it.each<[Exclude<CaseOutcome, 'pending'>[], string]>([
    [['done'], 'applied'],
    [['done', 'done'], 'applied'],
    [['done', 'refused'], 'partly'],
    [['done', 'failed'], 'partly'],
    [['uncertain'], 'partly'],
    [['done', 'uncertain'], 'partly'],
    [['failed', 'uncertain'], 'partly'],
    [['failed'], 'failed'],
    [['failed', 'refused'], 'failed'],
    [[], 'failed'],
  ])('%j: %s', (outcomes, state) => {
    expect(settledState(outcomes)).toBe(state);
  });
});

it('takes a planned change as it is', () => {
  const change: Change = {
    endpoint: 'modify_group_member_info',
    body: { GroupId: '@TGS#1', Member_Account: 'bob', MuteTime: 60 },
    covers: [],
  };
  const recorded: CaseChange = change;
  expect(recorded.endpoint).toBe('modify_group_member_info');
});
