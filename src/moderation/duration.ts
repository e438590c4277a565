// Reads a length of time, strictly: what is doubtful is refused, because a misread 0 would unmute.
import { distance } from 'fastest-levenshtein';
import { literal, message } from '../i18n/message.ts';
import { type Read, refuse } from '../i18n/read.ts';

export type Duration = { readonly seconds: number } | 'permanent';

/** Longest timed mute or ban, in seconds (68 years): its end still fits the service's 32-bit clock. */
export const LONGEST = 2_147_483_647;

interface Unit {
  readonly seconds: number;
  readonly words: readonly string[];
}

/** From long to short; a duration names each unit once, in this order. */
const units: readonly Unit[] = [
  {
    seconds: 604_800,
    words: [
      'w',
      'wk',
      'wks',
      'week',
      'weeks',
      '周',
      '星期',
      '个星期',
      '個星期',
      '週',
      '週間',
      '주',
      '주일',
      '주간',
    ],
  },
  { seconds: 86_400, words: ['d', 'day', 'days', '天', '日', '日間', '일', '일간'] },
  {
    seconds: 3_600,
    words: [
      'h',
      'hr',
      'hrs',
      'hour',
      'hours',
      '小时',
      '小時',
      '个小时',
      '個小時',
      '时',
      '時',
      '時間',
      '시간',
    ],
  },
  {
    seconds: 60,
    words: ['m', 'min', 'mins', 'minute', 'minutes', '分', '分钟', '分鐘', '分間', '분', '분간'],
  },
  {
    seconds: 1,
    words: ['s', 'sec', 'secs', 'second', 'seconds', '秒', '秒钟', '秒鐘', '秒間', '초', '초간'],
  },
];

const permanentWords = new Set(['permanent', 'perm', 'forever', '永久', '无限期', '無期限', '영구']);
const monthWords = /^(?:mo|mon|months?|y|yr|yrs|years?|个?月|か月|ヶ月|개월|年|년)$/;

const isoPattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** What was typed, as a refusal shows it. */
interface Typed {
  readonly input: string;
}

/**
 * Reads a duration. A bare number is seconds; `1h30m`, `2 days`, `PT1H30M`, `10分钟` and `permanent` are read too.
 * Units go from long to short, each at most once. Months and years are refused: their length is not fixed.
 */
export function readDuration(input: string): Read<Duration> {
  const text = input.normalize('NFKC').trim();
  const typed: Typed = { input: input.slice(0, 50) };
  if (text === '') return refuse(message('duration.unreadable', typed));
  if (permanentWords.has(text.toLowerCase())) return { ok: true, value: 'permanent' };
  if (/^[-−]/u.test(text)) return refuse(message('duration.negative', typed));
  if (/^\d+$/.test(text)) return within(Number(text), typed);
  const iso = isoPattern.exec(text);
  if (iso !== null && /\d/.test(text)) return within(isoSeconds(iso), typed);
  return readUnits(text, typed);
}

function isoSeconds(match: RegExpExecArray): number {
  return units.reduce((total, unit, index) => total + Number(match[index + 1] ?? 0) * unit.seconds, 0);
}

function readUnits(text: string, typed: Typed): Read<Duration> {
  if (!/^\d/.test(text)) return refuse(message('duration.unreadable', typed));
  if (/\d[.,]\d/.test(text)) return refuse(message('duration.fraction', typed));
  const parts = [...text.matchAll(/(\d+)\s*([\p{L}]*)\s*/gu)];
  if (parts.map((part) => part[0]).join('') !== text) return refuse(message('duration.unreadable', typed));
  let total = 0;
  let previous = -1;
  for (const [, amount = '', word = ''] of parts) {
    if (word === '') return refuse(message('duration.noUnit', { ...typed, amount: literal(amount) }));
    if (word === 'M')
      return refuse(message('duration.ambiguousMonth', { ...typed, amount: literal(amount) }));
    if (monthWords.test(word.toLowerCase())) return refuse(message('duration.month', typed));
    const index = units.findIndex((unit) => unit.words.includes(word.toLowerCase()));
    const unit = units[index];
    if (unit === undefined) return refuse(message('duration.unreadable', typed));
    if (index === previous) return refuse(message('duration.repeatedUnit', typed));
    if (index < previous) return refuse(message('duration.order', typed));
    previous = index;
    total += Number(amount) * unit.seconds;
  }
  return within(total, typed);
}

function within(seconds: number, typed: Typed): Read<Duration> {
  if (seconds === 0) return refuse(message('duration.zero', typed));
  if (seconds > LONGEST)
    return refuse(message('duration.tooLong', { ...typed, longest: { seconds: LONGEST } }));
  return { ok: true, value: { seconds } };
}

/** Words that count without being a unit: the unit follows them. */
const counters = new Set(['个', '個', 'か', 'ヶ', 'ヵ', '箇', '개']);
/** The shortest word in which one wrong letter still shows what was meant. */
const SHORTEST_SLIP = 5;

const unitWords: ReadonlySet<string> = new Set(units.flatMap(({ words }) => words));

/** How a word after a number reads: as a unit (which may be refused), perhaps as a misspelt one, or as anything else. */
export function unitLike(word: string): 'unit' | 'slip' | 'other' {
  const text = word.normalize('NFKC').replace(/[.,:;!?。、，]+$/u, '');
  const lower = text.toLowerCase();
  if (unitWords.has(lower) || monthWords.test(lower) || counters.has(text)) return 'unit';
  const isSlip = [...unitWords].some(
    (unit) => unit.length >= SHORTEST_SLIP && lower.length >= SHORTEST_SLIP && distance(unit, lower) === 1,
  );
  return isSlip ? 'slip' : 'other';
}
