// The message files: the four languages say the same things, and Discord can take the names.
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { errorTable } from '../../src/chat/protocol/errors.ts';
import { groupTypes } from '../../src/chat/protocol/schemas.ts';
import { optionsOf } from '../../src/command/command.ts';
import { catalogs, isMessageId } from '../../src/i18n/catalogs.ts';
import { type Locale, locales } from '../../src/i18n/locale.ts';
import type { MessageId } from '../../src/i18n/message.ts';
import { commandNameIn, optionNameIn } from '../../src/i18n/names.ts';
import { capabilities } from '../../src/moderation/capability.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** What a message takes: names of arguments, keys of choices, and where a plural has words of its own. */
interface Shape {
  readonly names: ReadonlySet<string>;
  readonly selects: ReadonlyMap<string, ReadonlySet<string>>;
  /** Exact numbers (`=0`) that a plural has words for. */
  readonly exacts: ReadonlySet<string>;
}

function shapeOf(locale: Locale, id: MessageId): Shape {
  const names = new Set<string>();
  const selects = new Map<string, Set<string>>();
  const exacts = new Set<string>();
  const walk = (ast: Ast): void => {
    for (const element of ast) {
      if (!('value' in element)) continue;
      if ('children' in element) throw new Error(`${id} holds a tag`);
      if (!isPlainText(element)) names.add(element.value);
      if (!('options' in element)) continue;
      const keys = Object.keys(element.options);
      if ('pluralType' in element) {
        for (const key of keys) if (key.startsWith('=')) exacts.add(`${element.value}${key}`);
      } else {
        const known = selects.get(element.value) ?? new Set();
        selects.set(element.value, new Set([...known, ...keys]));
      }
      for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(catalogs[locale][id], locale).getAst());
  return { names, selects, exacts };
}

/** In the parser's tree, 0 is text. */
const isPlainText = (element: Ast[number]): boolean => element.type === 0;

const ids = Object.keys(catalogs.en).filter(isMessageId);
const translations = locales.filter((locale) => locale !== 'en');

describe.each(locales)('%s', (locale) => {
  const catalog = catalogs[locale];

  test('has the messages of English, in its order', () => {
    expect(Object.keys(catalog)).toEqual(ids);
  });

  test('takes the values that English takes', () => {
    for (const id of ids) expect(shapeOf(locale, id), id).toEqual(shapeOf('en', id));
  });

  test('has no empty message and no stray blanks', () => {
    for (const id of ids) expect(catalog[id], id).toMatch(/^\S(?:.*\S)?$/u);
  });

  test('gives every command a name and a description', () => {
    for (const { name } of commands) {
      expect(catalog).toHaveProperty([`command.${name}.name`]);
      expect(catalog).toHaveProperty([`command.${name}.description`]);
    }
  });

  test('gives every option a name and a description, and every choice its words', () => {
    for (const [name, option] of commands.flatMap(optionsOf)) {
      expect(catalog).toHaveProperty([`option.${name}.name`]);
      expect(catalog).toHaveProperty([`option.${name}.description`]);
      for (const choice of option.choices ?? []) {
        expect(catalog).toHaveProperty([`choice.${name}.${choice}`]);
      }
    }
  });

  test.each([
    ['command', /^command\..+\.name$/],
    ['option', /^option\..+\.name$/],
  ])('names each %s so that Discord takes it, and no two alike', (_kind, pattern) => {
    const names = ids.filter((id) => pattern.test(id)).map((id) => catalog[id]);
    for (const name of names) {
      expect(name).toMatch(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u);
      expect(name).toBe(name.toLowerCase());
    }
    expect(new Set(names).size).toBe(names.length);
  });

  test.each([
    ['descriptions', /^(?:command|option)\..+\.description$/],
    ['choices', /^choice\./],
  ])('keeps %s within 100 characters', (_kind, pattern) => {
    for (const id of ids.filter((one) => pattern.test(one))) {
      expect([...catalog[id]].length, id).toBeLessThanOrEqual(100);
    }
  });

  test('has plain text for commands, options and choices, which are shown without values', () => {
    for (const id of ids.filter((one) => /^(?:command|option|choice)\./.test(one))) {
      expect(shapeOf(locale, id).names.size, id).toBe(0);
    }
  });

  test('has different words for the choices of one option', () => {
    for (const option of ['mode', 'role']) {
      const choices = ids.filter((id) => id.startsWith(`choice.${option}.`)).map((id) => catalog[id]);
      expect(new Set(choices).size).toBe(choices.length);
    }
  });
});

describe.each(translations)('%s is translated', (locale) => {
  /** Whether a message is only values and punctuation, which languages may share. */
  const hasWords = (id: MessageId): boolean =>
    /\p{L}/u.test(catalogs.en[id].replaceAll(/\{[A-Za-z]+\}/g, ''));

  test('no sentence is left in English', () => {
    const left = ids.filter((id) => hasWords(id) && catalogs[locale][id] === catalogs.en[id]);
    expect(left).toEqual([]);
  });

  test('keeps what is typed, and what an operator sets, as it is', () => {
    // Slash commands, names in capitals, and durations mean the same in every language.
    const typed = /(?<![\w{])\/[a-z]+\b|\b[A-Z]+(?:_[A-Z]+)+\b|\b(?:\d+[smhd])+\b|\blast 5\b|@bob\b/g;
    for (const id of ids) {
      for (const [word] of catalogs.en[id].matchAll(typed)) expect(catalogs[locale][id], id).toContain(word);
    }
  });
});

test('a name that a command has in one language is no other command in any language', () => {
  const owners = new Map<string, Set<string>>();
  for (const { name } of commands) {
    for (const locale of locales) {
      const alias = commandNameIn(locale, name);
      owners.set(alias, (owners.get(alias) ?? new Set()).add(name));
    }
  }
  expect([...owners].filter(([, names]) => names.size > 1)).toEqual([]);
});

test('the options of one command have distinct names in every language', () => {
  for (const locale of locales) {
    for (const command of commands) {
      const names = optionsOf(command).map(([name]) => optionNameIn(locale, name));
      expect(new Set(names).size, command.name).toBe(names.length);
    }
  }
});

test('English, whose names are the real ones, names commands and options as the code does', () => {
  for (const command of commands) {
    expect(commandNameIn('en', command.name)).toBe(command.name);
    for (const [name] of optionsOf(command)) expect(optionNameIn('en', name)).toBe(name);
  }
});

test('every meaning in the error table is a message', () => {
  for (const { meaning } of errorTable.values()) expect(isMessageId(meaning), meaning).toBe(true);
});

test('selects know only values that the code has', () => {
  const values: Readonly<Record<string, readonly string[]>> = {
    capability: [...capabilities, 'none'],
    command: commands.map(({ name }) => name),
    flag: ['AcceptAndNotify', 'AcceptNotNotify', 'AcceptNotNotifyExceptAt', 'Discard'],
    mode: ['all', 'silent', 'mentions', 'block'],
    role: ['Owner', 'Admin', 'Member', 'NotMember'],
    source: ['groupRole', 'discord', 'terminal', 'allow', 'deny', 'settings'],
    type: groupTypes,
  };
  for (const id of ids) {
    for (const [name, keys] of shapeOf('en', id).selects) {
      if (values[name] === undefined) continue;
      expect([...values[name], 'other'], id).toEqual(expect.arrayContaining([...keys]));
    }
  }
});
