// Command bodies: what Discord takes as a command, and what it refuses.

const text = (length: number) => 'a'.repeat(length);
const option = (name: string, more: object = {}) => ({ type: 3, name, description: 'd', ...more });
const slash = (more: object = {}) => ({ name: 'mute', description: 'Mutes a member', ...more });
const choices = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `c${index}`, value: `v${index}` }));
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const sub = (name: string, inner: object[] = []) => ({ type: 1, name, description: 'd', options: inner });
const group = (name: string, inner: object[]) => ({ type: 2, name, description: 'd', options: inner });

/** Bodies that are taken. */
export const VALID: [why: string, body: object][] = [
  ['the least', slash()],
  ['a name in another script', slash({ name: '뮤트' })],
  ['a name with marks', slash({ name: "a-b_c'1" })],
  ['the longest texts', slash({ name: text(32), description: text(100) })],
  ['emoji count as one character', slash({ description: '🎉'.repeat(100) })],
  [
    'every type of option',
    slash({ options: [3, 4, 5, 6, 7, 8, 9, 10, 11].map((type) => option(`o${type}`, { type })) }),
  ],
  ['25 options', slash({ options: options(25) })],
  ['25 choices', slash({ options: [option('a', { choices: choices(25) })] })],
  [
    'bounds',
    slash({
      options: [
        option('a', { type: 4, min_value: 1, max_value: 9 }),
        option('b', { min_length: 0, max_length: 9 }),
      ],
    }),
  ],
  [
    'subcommands and groups',
    slash({ options: [sub('a', [option('x')]), group('g', [sub('b', [option('x')])])] }),
  ],
  [
    'localizations',
    slash({
      name_localizations: { ko: '뮤트', 'zh-CN': '禁言' },
      description_localizations: { ja: '黙らせる' },
    }),
  ],
  ['contexts', slash({ contexts: [0], integration_types: [0], nsfw: false })],
  ['permissions as a text', slash({ default_member_permissions: '8' })],
  ['a user menu', { type: 2, name: 'Mute Member' }],
  ['a message menu', { type: 3, name: 'Report This' }],
];

/** Bodies that are refused, with the place and code of the one thing that is wrong. */
export const INVALID: [why: string, body: object, path: string, code: string][] = [
  ['no name', { description: 'd' }, 'name', 'BASE_TYPE_REQUIRED'],
  ['a name that is no text', slash({ name: 5 }), 'name', 'STRING_TYPE_CONVERT'],
  ['an upper-case name', slash({ name: 'Mute' }), 'name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['an upper-case name in another script', slash({ name: 'Ä' }), 'name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['a space in the name', slash({ name: 'mu te' }), 'name', 'APPLICATION_COMMAND_INVALID_NAME'],
  ['an empty name', slash({ name: '' }), 'name', 'BASE_TYPE_BAD_LENGTH'],
  ['a long name', slash({ name: text(33) }), 'name', 'BASE_TYPE_BAD_LENGTH'],
  [
    'a bad localized name',
    slash({ name_localizations: { ko: 'A b' } }),
    'name_localizations.ko',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  ['no description', { name: 'mute' }, 'description', 'BASE_TYPE_REQUIRED'],
  ['a long description', slash({ description: text(101) }), 'description', 'BASE_TYPE_MAX_LENGTH'],
  ['26 options', slash({ options: options(26) }), 'options', 'BASE_TYPE_MAX_LENGTH'],
  [
    'an option without description',
    slash({ options: [{ type: 3, name: 'a' }] }),
    'options.0.description',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'an option of no type',
    slash({ options: [option('a', { type: 12 })] }),
    'options.0.type',
    'NUMBER_TYPE_MAX',
  ],
  [
    'a bad option name',
    slash({ options: [option('A')] }),
    'options.0.name',
    'APPLICATION_COMMAND_INVALID_NAME',
  ],
  [
    'two options of one name',
    slash({ options: [option('a'), option('a')] }),
    'options.1',
    'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
  ],
  [
    'required after optional',
    slash({ options: [option('a'), option('b', { required: true })] }),
    'options.1',
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'required after optional in a subcommand',
    slash({ options: [sub('s', [option('a'), option('b', { required: true })])] }),
    'options.0.options.1',
    'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'subcommands beside options',
    slash({ options: [sub('s'), option('a')] }),
    'options',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a group within a group',
    slash({ options: [group('g', [group('h', [])])] }),
    'options.0.options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a subcommand within a subcommand',
    slash({ options: [sub('s', [sub('t', [])])] }),
    'options.0.options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'options of a text',
    slash({ options: [option('a', { options: [option('b')] })] }),
    'options.0.options',
    'APPLICATION_COMMAND_OPTIONS_INVALID',
  ],
  [
    '26 choices',
    slash({ options: [option('a', { choices: choices(26) })] }),
    'options.0.choices',
    'BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a long choice',
    slash({ options: [option('a', { choices: [{ name: text(101), value: 'v' }] })] }),
    'options.0.choices.0.name',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a long choice value',
    slash({ options: [option('a', { choices: [{ name: 'n', value: text(101) }] })] }),
    'options.0.choices.0.value',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'two choices of one name',
    slash({ options: [option('a', { choices: [...choices(1), ...choices(1)] })] }),
    'options.0.choices.1',
    'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
  ],
  [
    'a number as choice of a text',
    slash({ options: [option('a', { choices: [{ name: 'n', value: 1 }] })] }),
    'options.0.choices.0.value',
    'STRING_TYPE_CONVERT',
  ],
  [
    'a text as choice of a number',
    slash({ options: [option('a', { type: 4, choices: choices(1) })] }),
    'options.0.choices.0.value',
    'NUMBER_TYPE_COERCE',
  ],
  [
    'choices of a user',
    slash({ options: [option('a', { type: 6, choices: choices(1) })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'autocomplete of a user',
    slash({ options: [option('a', { type: 6, autocomplete: true })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'autocomplete with choices',
    slash({ options: [option('a', { autocomplete: true, choices: choices(1) })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
  ],
  [
    'a lowest value of a text',
    slash({ options: [option('a', { min_value: 1 })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a shortest length of a number',
    slash({ options: [option('a', { type: 4, min_length: 1 })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'bounds the wrong way round',
    slash({ options: [option('a', { type: 4, min_value: 2, max_value: 1 })] }),
    'options.0',
    'APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID',
  ],
  [
    'a length above 6000',
    slash({ options: [option('a', { max_length: 6001 })] }),
    'options.0.max_length',
    'NUMBER_TYPE_MAX',
  ],
  [
    'permissions that are no number',
    slash({ default_member_permissions: true }),
    'default_member_permissions',
    'UNION_TYPE_CHOICES',
  ],
  ['a context of no kind', slash({ contexts: [3] }), 'contexts.0', 'NUMBER_TYPE_MAX'],
  ['a type of no kind', slash({ type: 9 }), 'type', 'NUMBER_TYPE_MAX'],
  [
    'a menu with a description',
    { type: 2, name: 'Mute', description: 'd' },
    'description',
    'APPLICATION_COMMAND_DESCRIPTION_INVALID',
  ],
  [
    'a menu with options',
    { type: 2, name: 'Mute', options: [option('a')] },
    'options',
    'APPLICATION_COMMAND_OPTIONS_INVALID',
  ],
  [
    'more than 8000 characters',
    slash({
      options: [0, 1, 2].map((each) =>
        option(`o${each}`, {
          choices: Array.from({ length: 25 }, (_, index) => ({
            name: `${index}${text(60)}`,
            value: text(60),
          })),
        }),
      ),
    }),
    '',
    'APPLICATION_COMMAND_TOO_LARGE',
  ],
];
