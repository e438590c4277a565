// Cases to write in tests.
import { fc } from '@fast-check/vitest';
import type { CaseDraft, CaseTarget } from '../../../src/moderation/cases/case.ts';
import type { CaseActor } from '../../../src/moderation/people/actor.ts';
import type { JsonValue } from '../../../src/util/json.ts';

export const alice: CaseActor = { surface: 'discord', id: '100', name: 'Alice', account: 'alice' };

export const pendingTarget = (target: string, before: JsonValue = { role: 'Member' }): CaseTarget => ({
  target,
  before,
  outcome: 'pending',
  code: null,
});

export const doneTarget = (target: string): CaseTarget => ({
  ...pendingTarget(target),
  outcome: 'done',
  code: 0,
});

export const draft = (parts: Partial<CaseDraft> = {}): CaseDraft => ({
  group: '@TGS#1',
  command: 'mute',
  options: { member: '@bob', duration: '3600' },
  actor: alice,
  reason: 'spam',
  targets: [pendingTarget('bob')],
  changes: [{ endpoint: 'modify_group_member_info', body: { GroupId: '@TGS#1', MuteTime: 3600 } }],
  undoes: null,
  key: null,
  lasts: null,
  ...parts,
});

/** Text in any language, with quotes and signs that SQL and JSON care about, as a database can keep it. */
export const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom("'; drop table x; --", '"', '\\', '%_', '禁言', '🙂'),
  )
  .filter((value) => !value.includes('\0'));

const groups = fc.constantFrom('@TGS#1', '@TGS#2', 'room');
const members = fc.constantFrom('bob', 'carol', 'dave', 'Bob');

const actors: fc.Arbitrary<CaseActor> = fc.constantFrom(
  alice,
  { surface: 'terminal', id: '100', name: 'root', account: null },
  { surface: 'ingroup', id: 'alice', name: 'Alice', account: 'alice' },
  { surface: 'discord', id: '200', name: 'Zoë', account: null },
);

// JSON.parse never gives -0, and an `undefined` field is not written.
const json = fc.jsonValue().map((value): JsonValue => JSON.parse(JSON.stringify(value)));

export const drafts: fc.Arbitrary<CaseDraft> = fc.record({
  group: groups,
  command: fc.constantFrom('mute', 'kick', 'ban'),
  options: fc
    .dictionary(text, text, { noNullPrototype: true })
    .filter((options) => !('__proto__' in options && Object.hasOwn(options, '__proto__'))),
  actor: actors,
  reason: fc.option(text),
  targets: fc
    .uniqueArray(members, { minLength: 1 })
    .chain((names) => json.map((before) => names.map((name) => pendingTarget(name, before)))),
  changes: fc.array(fc.record({ endpoint: fc.constantFrom('forbid_send_msg', 'kick'), body: json }), {
    maxLength: 2,
  }),
  undoes: fc.option(fc.integer({ min: 1, max: 9 })),
  key: fc.constant(null),
  lasts: fc.option(fc.integer({ min: 1, max: 100 * 365 * 86_400 })),
});
