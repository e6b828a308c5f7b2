import { z } from 'zod'

export const LANGUAGES = ['en', 'de', 'zh-hant'] as const

/** A language that the program speaks. */
export const Language = z.enum(LANGUAGES)
export type Language = z.infer<typeof Language>

/** Where a person's own tags name no region, dates and numbers are written as they are there. */
const USUAL_LOCALE: Readonly<Record<Language, string>> = {
  en: 'en-US',
  de: 'de-DE',
  'zh-hant': 'zh-Hant-TW',
}

/**
 * The language for a person who prefers `tags` (BCP 47, most wanted first), English where none of them is
 * spoken. Chinese of any script is answered in Traditional Chinese, the only one there is.
 */
export function languageFor(tags: readonly string[]): Language {
  for (const tag of tags) {
    const language = languageOf(tag)
    if (language !== null) return language
  }
  return 'en'
}

/** How dates and numbers are written in `language` for a person who prefers `tags`, as a BCP 47 tag. */
export function localeFor(language: Language, tags: readonly string[]): string {
  return tags.find((tag) => languageOf(tag) === language) ?? USUAL_LOCALE[language]
}

function languageOf(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split('-')
  if (primary === 'zh') return 'zh-hant'
  if (primary === 'en' || primary === 'de') return primary
  return null
}
