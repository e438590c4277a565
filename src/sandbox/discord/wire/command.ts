// The form of an application command: what Discord accepts when one is registered.
// https://docs.discord.com/developers/interactions/application-commands

import { ApplicationCommandType, ApplicationCommandOptionType as Kind, Locale } from 'discord-api-types/v10';
import { z } from 'zod';
import { characters, list, type Refinement, report, text, whole } from './form.ts';

type Path = (string | number)[];
type Parent = number | undefined;

/** Discord's pattern without its length, which the form judges by itself. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]*$/u;
const MAX_TOTAL = 8000;
const MAX_NUMBER = 2 ** 53;
const AUTOCOMPLETING: readonly number[] = [Kind.String, Kind.Integer, Kind.Number];
const NUMERIC: readonly number[] = [Kind.Integer, Kind.Number];
const NESTING: readonly number[] = [Kind.Subcommand, Kind.SubcommandGroup];

const locale = z.enum(Locale);
const names = z.partialRecord(locale, text(1, 32)).nullish();
const descriptions = z.partialRecord(locale, text(1, 100)).nullish();
const bound = z.number().min(-MAX_NUMBER).max(MAX_NUMBER).nullish();

/** The documentation says a string, Discord's specification an integer: both are taken. */
const permissions = z.union([z.string().regex(/^\d+$/), whole(0, Number.MAX_SAFE_INTEGER).transform(String)]);

const choice = z.object({
  name: text(1, 100),
  name_localizations: z.partialRecord(locale, text(1, 100)).nullish(),
  value: z.union([z.string(), z.number()]),
});

const option = z.object({
  type: whole(Kind.Subcommand, Kind.Attachment),
  name: text(1, 32),
  name_localizations: names,
  description: text(1, 100),
  description_localizations: descriptions,
  required: z.boolean().nullish(),
  choices: list(choice, 0, 25).nullish(),
  autocomplete: z.boolean().nullish(),
  channel_types: z.array(z.int()).nullish(),
  min_value: bound,
  max_value: bound,
  min_length: whole(0, 6000).nullish(),
  max_length: whole(1, 6000).nullish(),
  get options() {
    return z.array(option).nullish();
  },
});

const command = z.object({
  id: z.string().nullish(),
  type: whole(ApplicationCommandType.ChatInput, ApplicationCommandType.Message).nullish(),
  name: text(1, 32),
  name_localizations: names,
  description: text(0, 100).nullish(),
  description_localizations: descriptions,
  options: z.array(option).nullish(),
  default_member_permissions: permissions.nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z.array(whole(0, 2)).nullish(),
  integration_types: z.array(whole(0, 1)).nullish(),
  nsfw: z.boolean().nullish(),
});

/** One choice of an option. */
export type CommandChoice = z.infer<typeof choice>;
/** One option, subcommand or group of a command. */
export type CommandOption = z.infer<typeof option>;
/** The body that registers a command. */
export type CommandBody = z.infer<typeof command>;

/** The body of a POST. */
export const commandForm = command.superRefine(checkCommand);

/** The body of a PUT: all the commands of a scope. */
export const commandListForm = z.array(commandForm).superRefine((commands, ctx) => {
  const isRepeated = repetition((each: CommandBody) => `${each.type ?? 1}:${each.name}`);
  for (const [index, each] of commands.entries()) {
    if (isRepeated(each)) {
      report(ctx, [index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
  }
});

/** The body of a PATCH; what it leaves out stays, and the whole is then judged by {@link commandForm}. */
export const commandPatchForm = command.omit({ id: true, type: true }).partial();

function checkCommand(body: CommandBody, ctx: Refinement): void {
  if ((body.type ?? 1) === ApplicationCommandType.ChatInput) checkSlash(body, ctx);
  else checkMenu(body, ctx);
}

function checkSlash(body: CommandBody, ctx: Refinement): void {
  checkName(body, [], ctx);
  if (!body.description) report(ctx, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  checkOptions(body.options ?? [], ['options'], undefined, ctx);
  if (totalLength(body) > MAX_TOTAL) {
    report(ctx, [], 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${MAX_TOTAL})`);
  }
}

function checkMenu(body: CommandBody, ctx: Refinement): void {
  if (body.description) {
    report(ctx, ['description'], 'APPLICATION_COMMAND_DESCRIPTION_INVALID', 'Menus have no description');
  }
  if (body.options?.length) {
    report(ctx, ['options'], 'APPLICATION_COMMAND_OPTIONS_INVALID', 'Menus have no options');
  }
}

function checkName(of: Pick<CommandBody, 'name' | 'name_localizations'>, path: Path, ctx: Refinement): void {
  if (!isName(of.name)) reportName(ctx, [...path, 'name']);
  for (const [language, name] of Object.entries(of.name_localizations ?? {})) {
    if (!isName(name)) reportName(ctx, [...path, 'name_localizations', language]);
  }
}

/** Where a letter has a lower case, Discord wants that one. */
function isName(name: string): boolean {
  return NAME.test(name) && name === name.toLowerCase();
}

function reportName(ctx: Refinement, path: Path): void {
  report(ctx, path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

/** `parent` is the type of the option around these; the command's own have none. */
function checkOptions(options: CommandOption[], path: Path, parent: Parent, ctx: Refinement): void {
  if (options.length > 25) report(ctx, path, 'BASE_TYPE_MAX_LENGTH', 'Must be 25 or fewer in length.');
  checkOrder(options, path, ctx);
  checkMixture(options, path, ctx);
  const isRepeated = repetition((each: CommandOption) => each.name);
  for (const [index, each] of options.entries()) {
    const here = [...path, index];
    if (isRepeated(each)) {
      report(
        ctx,
        here,
        'APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
        `Option name ${each.name} is already used`,
      );
    }
    checkOption(each, here, parent, ctx);
  }
}

function checkOrder(options: CommandOption[], path: Path, ctx: Refinement): void {
  const firstOptional = options.findIndex((each) => !each.required && !NESTING.includes(each.type));
  if (firstOptional < 0) return;
  const late = options.findIndex((each, index) => index > firstOptional && each.required);
  if (late < 0) return;
  const message = 'Required options must be placed before non-required options';
  report(ctx, [...path, late], 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', message);
}

function checkMixture(options: CommandOption[], path: Path, ctx: Refinement): void {
  const nesting = options.filter((each) => NESTING.includes(each.type)).length;
  if (nesting === 0 || nesting === options.length) return;
  const message = 'Sub-command and sub-command group option types are mutually exclusive to all other types';
  report(ctx, path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', message);
}

function checkOption(option: CommandOption, path: Path, parent: Parent, ctx: Refinement): void {
  checkName(option, path, ctx);
  checkNesting(option, path, parent, ctx);
  checkChoices(option, path, ctx);
  checkBounds(option, path, ctx);
}

function checkNesting(option: CommandOption, path: Path, parent: Parent, ctx: Refinement): void {
  const mayStandIn: Parent[] =
    option.type === Kind.Subcommand ? [undefined, Kind.SubcommandGroup] : [undefined];
  if (NESTING.includes(option.type) && !mayStandIn.includes(parent)) {
    report(ctx, path, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands are nested too deep');
  }
  if (NESTING.includes(option.type)) {
    checkOptions(option.options ?? [], [...path, 'options'], option.type, ctx);
  } else if (option.options?.length) {
    report(
      ctx,
      [...path, 'options'],
      'APPLICATION_COMMAND_OPTIONS_INVALID',
      'Only sub-commands have options',
    );
  }
}

function checkChoices(option: CommandOption, path: Path, ctx: Refinement): void {
  const choices = option.choices ?? [];
  const offers = choices.length > 0 || option.autocomplete;
  if (offers && !AUTOCOMPLETING.includes(option.type)) {
    report(
      ctx,
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'This type has neither choices nor autocomplete',
    );
  }
  if (choices.length > 0 && option.autocomplete) {
    const message = 'Choices and autocomplete are mutually exclusive';
    report(ctx, path, 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES', message);
  }
  const isRepeated = repetition((each: CommandChoice) => each.name);
  for (const [index, each] of choices.entries()) {
    const here = [...path, 'choices', index];
    if (isRepeated(each)) {
      report(
        ctx,
        here,
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
        'Choice names must be unique',
      );
    }
    checkChoiceValue(option, each, [...here, 'value'], ctx);
  }
}

function checkChoiceValue(option: CommandOption, choice: CommandChoice, path: Path, ctx: Refinement): void {
  const { value } = choice;
  if (option.type === Kind.String) {
    if (typeof value !== 'string') report(ctx, path, 'STRING_TYPE_CONVERT', 'Value is not string.');
    else if (!value || characters(value) > 100) {
      report(ctx, path, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
    }
  } else if (typeof value !== 'number' || (option.type === Kind.Integer && !Number.isSafeInteger(value))) {
    report(ctx, path, 'NUMBER_TYPE_COERCE', 'Value is not a number of the type of its option.');
  }
}

function checkBounds(option: CommandOption, path: Path, ctx: Refinement): void {
  const { min_value: low, max_value: high, min_length: shortest, max_length: longest } = option;
  if (typeof (low ?? high) === 'number' && !NUMERIC.includes(option.type)) {
    report(
      ctx,
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only numbers have min_value and max_value',
    );
  }
  if (typeof (shortest ?? longest) === 'number' && option.type !== Kind.String) {
    report(
      ctx,
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only strings have min_length and max_length',
    );
  }
  if (isAbove(low, high) || isAbove(shortest, longest)) {
    report(ctx, path, 'APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID', 'The minimum is above the maximum');
  }
}

function isAbove(low: number | null | undefined, high: number | null | undefined): boolean {
  return typeof low === 'number' && typeof high === 'number' && low > high;
}

/** Names, descriptions and values together; of localized texts the longest counts. */
function totalLength(of: CommandBody | CommandOption): number {
  const own =
    longest(of.name, of.name_localizations) + longest(of.description ?? '', of.description_localizations);
  const choices = 'choices' in of ? (of.choices ?? []) : [];
  const inChoices = choices.reduce((sum, each) => sum + choiceLength(each), 0);
  const inOptions = (of.options ?? []).reduce((sum, each) => sum + totalLength(each), 0);
  return own + inChoices + inOptions;
}

function choiceLength(choice: CommandChoice): number {
  const value = typeof choice.value === 'string' ? characters(choice.value) : 0;
  return longest(choice.name, choice.name_localizations) + value;
}

function longest(text: string, localized: Record<string, string> | null | undefined): number {
  return Math.max(characters(text), ...Object.values(localized ?? {}).map(characters));
}

/** Tells of each thing whether one with the same key came before it. */
function repetition<T>(key: (of: T) => string): (of: T) => boolean {
  const seen = new Set<string>();
  return (of) => {
    const known = seen.has(key(of));
    seen.add(key(of));
    return known;
  };
}
