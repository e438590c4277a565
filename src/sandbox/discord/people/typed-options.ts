// What Discord's own client checks, and sends, of the options that a person types.

import { ApplicationCommandOptionType as Kind } from 'discord-api-types/v10';
import type { CommandOption } from '../wire/command.ts';
import { TypingRefused } from '../wire/errors.ts';
import { characters } from '../wire/form.ts';
import type { Directory } from '../world/directory.ts';
import type { Resolved } from './resolved.ts';

/** A value as a person gives it; users, roles and channels by name or id. */
export type TypedValue = string | number | boolean;

/** One option in the data of an interaction. */
export interface OptionData {
  readonly name: string;
  readonly type: number;
  readonly value?: TypedValue;
  readonly focused?: true;
  readonly options?: OptionData[];
}

/** What the options of one command, or of one of its subcommands, are filled in with. */
export interface Typing {
  readonly directory: Directory;
  readonly resolved: Resolved;
  readonly given: Record<string, TypedValue>;
  /** Name of the option being completed; then nothing else is required. */
  readonly focused?: string;
}

/** A path through a command's groups and subcommands. */
export interface SubcommandPath {
  readonly subcommandGroup?: string | undefined;
  readonly subcommand?: string | undefined;
}

/** The options that a command has at the end of the path. @throws TypingRefused `unknown-command` */
export function optionsAt(options: CommandOption[], path: SubcommandPath): CommandOption[] {
  const steps = [path.subcommandGroup, path.subcommand].filter((step) => step !== undefined);
  const reached = steps.reduce((at, step) => enter(at, step), options);
  if (reached.some((each) => each.type === Kind.Subcommand || each.type === Kind.SubcommandGroup)) {
    throw new TypingRefused('unknown-command', 'This command needs a subcommand');
  }
  return reached;
}

/** Wraps filled options in the path that leads to them. */
export function wrap(options: OptionData[], path: SubcommandPath): OptionData[] {
  const { subcommand, subcommandGroup } = path;
  const inSub = subcommand ? [{ name: subcommand, type: Kind.Subcommand, options }] : options;
  return subcommandGroup ? [{ name: subcommandGroup, type: Kind.SubcommandGroup, options: inSub }] : inSub;
}

/** Checks what was typed and brings it into the form of the wire. @throws TypingRefused */
export function fill(declared: CommandOption[], typing: Typing): OptionData[] {
  const known = new Map(declared.map((option) => [option.name, option]));
  refuseMissing(declared, typing);
  return Object.entries(typing.given).map(([name, value]) => {
    const option = known.get(name);
    if (!option) throw new TypingRefused('unknown-option', `There is no option ${name}`);
    if (name === typing.focused) return { name, type: option.type, value: String(value), focused: true };
    return { name, type: option.type, value: toWire(option, value, typing) };
  });
}

function enter(options: CommandOption[], name: string): CommandOption[] {
  const step = options.find((each) => each.name === name);
  if (!step) throw new TypingRefused('unknown-command', `There is no subcommand ${name}`);
  return step.options ?? [];
}

function refuseMissing(declared: CommandOption[], { given, focused }: Typing): void {
  if (focused !== undefined) return;
  const missing = declared.find((option) => option.required && given[option.name] === undefined);
  if (missing) throw new TypingRefused('missing-option', `The option ${missing.name} is required`);
}

function toWire(option: CommandOption, value: TypedValue, typing: Typing): TypedValue {
  refuseUnlisted(option, value);
  switch (option.type) {
    case Kind.String:
      return checkString(option, value);
    case Kind.Integer:
    case Kind.Number:
      return checkNumber(option, value);
    case Kind.Boolean:
      return typeof value === 'boolean' ? value : refuse(option, 'true or false');
    case Kind.User:
      return resolveMember(value, typing) ?? refuse(option, 'a member');
    case Kind.Role:
      return resolveRole(value, typing) ?? refuse(option, 'a role');
    case Kind.Channel:
      return resolveChannel(value, typing) ?? refuse(option, 'a channel');
    case Kind.Mentionable:
      return resolveMember(value, typing) ?? resolveRole(value, typing) ?? refuse(option, 'a member or role');
    default:
      return refuse(option, 'a type that can be typed');
  }
}

function refuseUnlisted(option: CommandOption, value: TypedValue): void {
  const choices = option.choices ?? [];
  if (choices.length === 0 || choices.some((choice) => choice.value === value)) return;
  refuse(option, `one of ${choices.map((choice) => choice.value).join(', ')}`);
}

function checkString(option: CommandOption, value: TypedValue): string {
  if (typeof value !== 'string') return refuse(option, 'a text');
  const shortest = option.min_length ?? 1;
  const longest = option.max_length ?? 6000;
  const length = characters(value);
  if (length < shortest || length > longest) refuse(option, `${shortest} to ${longest} characters long`);
  return value;
}

function checkNumber(option: CommandOption, value: TypedValue): number {
  const isNumber = option.type === Kind.Integer ? Number.isSafeInteger : Number.isFinite;
  if (typeof value !== 'number' || !isNumber(value)) return refuse(option, 'a number');
  const lowest = option.min_value ?? -(2 ** 53);
  const highest = option.max_value ?? 2 ** 53;
  if (value < lowest || value > highest) refuse(option, `a number from ${lowest} to ${highest}`);
  return value;
}

function resolveMember(value: TypedValue, typing: Typing): string | undefined {
  const member = typing.directory.findMember(String(value));
  if (member) typing.resolved.addMember(member);
  return member?.id;
}

function resolveRole(value: TypedValue, { directory, resolved }: Typing): string | undefined {
  const role = directory.findRole(String(value));
  if (role) resolved.addRole(role);
  return role?.id;
}

function resolveChannel(value: TypedValue, { directory, resolved }: Typing): string | undefined {
  const channel = directory.findChannel(String(value));
  if (channel) resolved.addChannel(channel);
  return channel?.id;
}

function refuse(option: CommandOption, wanted: string): never {
  throw new TypingRefused('bad-value', `The option ${option.name} must be ${wanted}`);
}
