// The languages there are, and which of them a reader gets.

export const locales = ['en', 'zh-CN', 'ko', 'ja'] as const;
export type Locale = (typeof locales)[number];

/**
 * The language for a reader's locale tag: Discord's (`zh-TW`, `en-US`) or the terminal's (`ko_KR.UTF-8`).
 * Anything else is English.
 */
export function localeOf(tag: string | undefined): Locale {
  const language = (tag ?? '').toLowerCase().split(/[-_.@]/)[0];
  if (language === 'zh') return 'zh-CN';
  return locales.find((locale) => locale === language) ?? 'en';
}
