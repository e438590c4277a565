// Whom a name means: the member who bears all of it, and nobody whose name is a word of it.
import { fc } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/request/outcome.ts';
import { type App, answering, english, granted, startApp } from '../../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const join = (account: string, nameCard = '') => app.chat.world.addMember('guild', account, { nameCard });

/** Fills the field `member` of `/kick` in, as Discord hands it over; nothing is sent. */
const kick = (member: string): Promise<Outcome> =>
  app.moderation.pipeline.handle({
    actor: granted(),
    command: 'kick',
    options: { member },
    defaultGroup: 'guild',
    questions: 'confirmed',
    dryRun: true,
  });

/** The accounts that a request is about. */
const accountsIn = ({ requests }: Outcome): readonly string[] =>
  requests.flatMap(({ body }) => (body as { MemberToDel_Account: string[] }).MemberToDel_Account);

const kicked = async (member: string): Promise<readonly string[]> => accountsIn(await kick(member));

describe('a field is one name first, then a list', () => {
  beforeEach(() => {
    join('u79', 'bob the builder');
    join('u80', 'Smith, John');
    join('u81', '@alice');
    join('@RBT#1');
    join('u82', 'Ame\u0301lie');
    join('say "hi"', 'Greeter');
    join('zero\u200bwidth');
    join('zerowidth');
  });

  it.each([
    ['bob the builder', ['u79']],
    ['bob the builder (u79)', ['u79']],
    ['"bob the builder"', ['u79']],
    ['“bob the builder”', ['u79']],
    ['Smith, John', ['u80']],
    ['Smith, John (u80)', ['u80']],
    ['@alice (u81)', ['u81']],
    ['"@alice"', ['u81']],
    ['@u81', ['u81']],
    ['@alice', ['alice']],
    ['@RBT#1', ['@RBT#1']],
    ['"@RBT#1"', ['@RBT#1']],
    ['@"@RBT#1"', ['@RBT#1']],
    ['Am\u00e9lie', ['u82']],
    ['Ame\u0301lie', ['u82']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['"zero\\u{200b}width"', ['zero\u200bwidth']],
    ['zerowidth', ['zerowidth']],
    ['bob', ['bob']],
    ['@bob', ['bob']],
    ['@bob @carol', ['bob', 'carol']],
    ['bob carol', ['bob', 'carol']],
    ['bob, bob the builder', ['bob', 'u79']],
    ['@bob, Smith, John (u80)', []],
    ['@bob, "Smith, John"', ['bob', 'u80']],
    ['bob the baker', []],
    ['bob he cheats', []],
    ['bob @nobody', []],
  ])('%s', async (typed, accounts) => {
    expect(await kicked(typed)).toEqual(accounts);
  });

  it('says of a list that nothing was done to those who are known', async () => {
    const outcome = await kick('bob he cheats');
    expect(outcome.kind).toBe('refused');
    expect(english(outcome)).toMatch(/"he"[\s\S]*"cheats"[\s\S]*Nothing was done to Bob \(bob\)/);
  });
});

describe('a name that is also a list of names', () => {
  beforeEach(() => join('u79', 'bob carol'));

  it('is refused where nobody can be asked, with words that are clear', async () => {
    const outcome = await kick('bob carol');
    expect(outcome.kind).toBe('refused');
    expect(outcome.requests).toEqual([]);
    expect(english(outcome)).toContain('Write: /kick member:@u79 or: /kick member:"@bob @carol"');
    expect(await kicked('@u79')).toEqual(['u79']);
    expect(await kicked('@bob @carol')).toEqual(['bob', 'carol']);
  });

  it.each([
    ['one', ['u79']],
    ['several', ['bob', 'carol']],
  ])('is asked about; the answer %s', async (choice, accounts) => {
    const { ask, asked } = answering({ kind: 'chosen', choice });
    const outcome = await app.type('/kick member:"bob carol" reason:rude', { request: { ask } });
    expect(outcome.kind).toBe('done');
    expect(accountsIn(outcome)).toEqual(accounts);
    expect(asked.map(({ choices }) => choices)).toEqual([['one', 'several']]);
  });

  it('is nobody where the question is not answered', async () => {
    const { ask } = answering({ kind: 'late' });
    await app.type('/kick member:"bob carol"', { request: { ask } });
    expect(app.changes()).toEqual([]);
  });
});

describe('an account outside the group that is a name card inside', () => {
  beforeEach(() => {
    app.chat.world.addAccount({ userId: 'nightowl' });
    join('u79', 'nightowl');
  });

  it('is not chosen for whoever types it', async () => {
    const outcome = await app.type('/ban nightowl 1d');
    expect(outcome.message.id).toBe('refused.accountOrCard');
    expect((await app.type('/ban @nightowl 1d')).kind).toBe('done');
    expect((await app.type('/ban @u79 1d')).kind).toBe('done');
  });
});

describe('what completion shows', () => {
  it('is read as exactly that member, by its value and by its label', async () => {
    const strange = [
      'x","bob',
      'quo"te',
      'two words',
      'a,b',
      '@at',
      '<@123456789012345678>',
      'group:x',
      'b\\c',
      ' x',
    ];
    for (const account of strange) join(account, `card of ${account}`);
    for (const account of ['zero\u200bwidth', 'zerowidth', 'bob ', 'bob carol', 'c (bob)']) join(account);
    join('u1', 'bob, carol');
    join('u2', 'x (bob)');
    join('u3', '"quoted"');
    join('u4', '\u202egnp.bob');
    const { completion } = app.moderation;
    const everybody = new Set(app.chat.world.group('guild').members.keys());
    for (const before of ['', '@dave, ']) {
      const seen = new Set<string>();
      for (const account of everybody) {
        const suggestions = await completion.suggest({
          actor: granted(),
          command: 'kick',
          option: 'member',
          typed: `${before}${account.replace(/[^a-z].*$/u, '').slice(0, 3)}`,
          group: 'guild',
        });
        for (const { label, value } of suggestions) {
          const [first, ...others] = (await kicked(value)).filter((one) => before === '' || one !== 'dave');
          expect(others).toEqual([]);
          expect({ label, kicked: await kicked(label) }).toEqual({ label, kicked: await kicked(value) });
          if (first !== undefined) seen.add(first);
        }
      }
      expect(seen.size).toBeGreaterThan(15);
    }
  });
});

describe('whatever names the members choose', () => {
  const word = fc.constantFrom('bob', 'carol', 'the', 'builder', '@bob', '(bob)', 'dave,', '"bob"', ',');
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

  it('nobody is acted on who was not named whole', async () => {
    const accounts = ['u1', 'u2', 'u3'];
    for (const account of accounts) join(account);
    await fc.assert(
      fc.asyncProperty(fc.tuple(name, name, name), name, async (cards, typed) => {
        accounts.forEach((account, index) => {
          const member = app.chat.world.member('guild', account);
          if (member !== undefined) member.nameCard = cards[index] ?? '';
        });
        for (const account of await kicked(typed)) {
          const card = app.chat.world.member('guild', account)?.nameCard ?? '';
          const named = [account, card, `${card} (${account})`].filter((one) => one !== '');
          const pieces = [typed, ...typed.split(','), ...typed.split(/[\s,]+/)].map((one) => one.trim());
          const bare = pieces.flatMap((one) => [one, one.replace(/^@/, ''), one.replace(/^@?"(.*)"$/, '$1')]);
          expect({ typed, account, card, whole: named.some((one) => bare.includes(one)) }).toMatchObject({
            whole: true,
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
