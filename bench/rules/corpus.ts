// Chat-like texts in four languages, keywords and regexes, the same in every run.

/** Numbers between 0 and 1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const english =
  'lol that raid was so close we need a healer next time gg wp anyone up for ranked tonight my ping is terrible today nice drop where did you get that skin i will be back in ten minutes'.split(
    ' ',
  );
const chinese = [
  ...'今天晚上有人一起打副本吗我刚刚升级了装备这个皮肤真好看明天再玩吧大家好新人报到请多关照网络好卡掉线了等一下马上回来',
];
const korean =
  '오늘 저녁에 레이드 같이 하실 분 있나요 장비 업그레이드 했어요 스킨 진짜 예쁘다 내일 또 해요 안녕하세요 핑이 너무 높아요 잠시만요 금방 올게요'.split(
    ' ',
  );
const japanese = [
  ...'今夜レイド行ける人いますか装備を強化しましたこのスキンかわいいね明日またやろうはじめましてよろしくお願いします回線が重いちょっと待ってすぐ戻ります',
];

type Pick = (from: readonly string[]) => string;

const make: readonly ((pick: Pick, length: number) => string)[] = [
  (pick, length) => Array.from({ length }, () => pick(english)).join(' '),
  (pick, length) => Array.from({ length: length * 2 }, () => pick(chinese)).join(''),
  (pick, length) => Array.from({ length }, () => pick(korean)).join(' '),
  (pick, length) => Array.from({ length: length * 2 }, () => pick(japanese)).join(''),
];

/** Messages of 1 to 15 words, a fifth with capitals, signs, digits or emoji. */
export function messages(count: number): readonly string[] {
  const random = randomFrom(7);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const text = make[index % make.length]?.(pick, 1 + Math.floor(random() * 15)) ?? '';
    const chance = random();
    if (chance < 0.05) return `${text} 😂`;
    if (chance < 0.1) return text.toUpperCase();
    if (chance < 0.15) return `${text}!!! 100%`;
    return chance < 0.2 ? `@friend ${text}, https://game.example/n/${index}` : text;
  });
}

/** Keywords that are like words and are none, half Latin, half Chinese. */
export function keywords(count: number): readonly string[] {
  const random = randomFrom(11);
  const letter = (from: string) => from.charAt(Math.floor(random() * from.length));
  const latin = () =>
    Array.from({ length: 4 + Math.floor(random() * 7) }, () => letter('bcdfghjklmnpqrstvwxzaeiou')).join('');
  const han = () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () =>
      String.fromCharCode(0x4e00 + Math.floor(random() * 8_000)),
    ).join('');
  const found = new Set<string>();
  while (found.size < count) found.add(found.size % 2 === 0 ? latin() : han());
  return [...found];
}

/** Regexes as people write them: phrases with choices, numbers, addresses. */
export function regexes(count: number): readonly string[] {
  const words = keywords(count * 2);
  return Array.from({ length: count }, (_, index) => {
    const [one = '', two = ''] = words.slice(index * 2);
    const shapes = [
      `\\b${one}\\s+(?:${two}|now)\\b`,
      `${one}\\W{0,3}\\d{5,11}`,
      `https?://[^\\s]{0,50}${one}`,
      `(?:${one}|${two})+!`,
    ];
    return shapes[index % shapes.length] ?? one;
  });
}
