// The text of a settings file into settings, or into every fault of it with line and column.
import type { Settings } from '../moderation/settings.ts';
import { defaultSettings } from '../moderation/settings.ts';
import { effectiveSettings } from './effective.ts';
import { LARGEST, pathText, type SettingsFault, tooLarge } from './fault.ts';
import { type Found, problemsOf } from './problems.ts';
import type { RulesReader, WrittenRules } from './rules.ts';
import { type SettingsCommands, settingsSchema } from './schema.ts';
import { type Content, parseYaml } from './yaml.ts';

/** The settings of a file, with what the reader of the rules made of its part. */
export type SettingsWith<Rules> = Settings & { readonly rules: Rules };

export type SettingsResult<Rules> =
  | { readonly ok: true; readonly settings: SettingsWith<Rules> }
  /** In the order of the file; at most 100. */
  | { readonly ok: false; readonly faults: readonly SettingsFault[] };

export interface SettingsContext<Rules> {
  readonly commands: SettingsCommands;
  readonly rules: RulesReader<Rules>;
}

const MOST_FAULTS = 100;

/** Reads the text of a settings file. Never throws, and never shows a value that could be a token. */
export function readSettings<Rules>(
  text: string,
  { commands, rules }: SettingsContext<Rules>,
): SettingsResult<Rules> {
  if (Buffer.byteLength(text) > LARGEST) return refused([tooLarge]);
  const { content, faults: unreadable } = parseYaml(text.replace(/^\uFEFF/, ''));
  if (content === null) return refused(unreadable);
  const read = settingsSchema(commands, rules.keys).safeParse(content.value);
  const ruled = rules.read(writtenRules(content.value, rules.keys));
  const found = [...(read.error?.issues ?? []).flatMap(problemsOf), ...(ruled.ok ? [] : ruled.found)];
  const faulty = found.map((one) => faultOf(one, content));
  // What could not be read is blank to the schema, which is not worth a second sentence.
  const faults = [...unreadable, ...faulty.filter((one) => !unreadable.some((other) => isAt(one, other)))];
  if (faults.length > 0 || !read.success || !ruled.ok) return refused(faults);
  const settings = read.data === undefined ? defaultSettings : effectiveSettings(read.data);
  return { ok: true, settings: { ...settings, rules: ruled.rules } };
}

/** What the file holds under the keys of the rules. */
function writtenRules(value: unknown, { everywhere, inGroups }: RulesReader<unknown>['keys']): WrittenRules {
  const root = asMap(value);
  const groups = Object.entries(asMap(root.groups)).map(
    ([id, group]) => [id, pick(asMap(group), inGroups)] as const,
  );
  return { everywhere: pick(root, everywhere), groups: new Map(groups) };
}

type Values = Readonly<Record<string, unknown>>;

const asMap = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const pick = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.filter((key) => Object.hasOwn(values, key)).map((key) => [key, values[key]]));

const isAt = (a: SettingsFault, b: SettingsFault): boolean => a.line === b.line && a.column === b.column;

function refused(faults: readonly SettingsFault[]): {
  readonly ok: false;
  readonly faults: readonly SettingsFault[];
} {
  const inOrder = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, faults: inOrder.slice(0, MOST_FAULTS) };
}

const faultOf = ({ path, part, problem }: Found, content: Content): SettingsFault => ({
  ...content.placeOf(path, part),
  message: problem(pathText(path)),
});
