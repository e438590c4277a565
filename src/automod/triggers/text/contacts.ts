// Contacts: numbers and accounts of other services, with which people are led away.
import { message } from '../../../i18n/message.ts';
import { choice, map } from '../../../settings/shape.ts';
import { keywords, some } from '../../fields.ts';
import { allowList } from '../../match/allow.ts';
import { cleanText, originalSpan } from '../../match/clean.ts';
import type { Scan } from '../../match/scan.ts';
import type { Span } from '../../match/words.ts';
import { trigger } from '../../part.ts';
import { type Finder, findIn } from './shared.ts';

/** Between the parts of a number, and between a name and its number. The bounds keep every search short. */
const gap = '[\\s\\p{P}\\p{S}]{0,2}';
const digits = (least: number, most: number) => `\\d(?:${gap}\\d){${least - 1},${most - 1}}(?!\\d)`;
const named = (names: string, what: string) =>
  `(?:${names})(?:[\\s\\p{P}\\p{S}号號码碼是은는は]|id){0,8}${what}`;
const account = '[a-z][-_a-z0-9]{4,19}';

const sources = {
  qq: named('\\bqq|扣扣|企鹅|企鵝|加q|q群|qq群|裙|群号|群號', digits(5, 11)),
  wechat: named(
    '微信|薇信|威信|卫星|\\bwx|\\bvx|v信|weixin|wechat|위챗|加v|加薇|➕v',
    `(?:${account}|${digits(6, 12)})`,
  ),
  line: named('\\bline|라인|ライン', `(?:@?${account})`),
  kakao: named('\\bkakao(?:talk)?|카카오톡|카톡|カカオ', account),
  telegram: named('\\btelegram|\\btg|텔레그램|텔레|テレグラム|电报|電報|纸飞机', `@?${account}`),
  phone: `(?<!\\d)(?:1${gap}[3-9]${gap}${digits(9, 9)}|01${gap}[016789]${gap}${digits(7, 8)}|0${gap}[789]${gap}0${gap}${digits(8, 8)}|\\+\\d${gap}${digits(7, 13)})`,
  email: '[\\p{L}\\p{N}._%+-]{1,64}@[\\p{L}\\p{N}-]{1,63}(?:\\.[\\p{L}\\p{N}-]{1,63}){1,4}',
} as const;
type Kind = keyof typeof sources;
// Object.keys widens to string[]; the table's keys are exactly the kinds.
const kinds = Object.keys(sources) as Kind[];

/** Digits as people write them to hide a number; `〇` and full width are digits after cleaning, too. */
const numerals = new Map([...'〇零一二三四五六七八九'].map((one, at) => [one, String(Math.max(at - 1, 0))]));
for (const [at, one] of [...'壹贰叁肆伍陆柒捌玖'].entries()) numerals.set(one, String(at + 1));
for (const [at, one] of [...'공일이삼사오육칠팔구'].entries()) numerals.set(one, String(at));
/** Only in a row of them: `一个` is a word. */
const rowOfNumerals = /[\d〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖공일이삼사오육칠팔구]{5,}/gu;

const withDigits = (text: string): string =>
  text.replace(rowOfNumerals, (row) => row.replace(/\D/gu, (one) => numerals.get(one) ?? one));

export const contacts = trigger({
  name: 'contacts',
  example: '{ kinds: [qq, wechat, phone], allow: [support@game.example] }',
  settings: () => map({ kinds: some(choice(kinds)).optional(), allow: keywords.optional() }).optional(),
  sentence: (settings) => message('rules.trigger.contacts', { kinds: [...(settings?.kinds ?? kinds)] }),
  compile(settings, { matcher }) {
    const wanted = (settings?.kinds ?? kinds).map((kind) => new RegExp(sources[kind], 'giu'));
    return findIn(finder(wanted), allowList(settings?.allow ?? [], matcher.words));
  },
});

const finder =
  (wanted: readonly RegExp[]): Finder =>
  (scan, isExcused) => {
    const text = withDigits(scan.cleaned.text);
    for (const pattern of wanted) {
      for (const found of text.matchAll(pattern)) {
        const span = spanOf(scan, { start: found.index, end: found.index + found[0].length });
        if (!isExcused(span)) return span;
      }
    }
    return null;
  };

/** Numerals and digits are one unit each, so places are those of the cleaned text. */
const spanOf = (scan: Scan, span: Span): Span => originalSpan(scan.cleaned ?? cleanText(scan.text), span);
