import type { Preferences } from '../../../shared/model/preferences.js'
import type { Catalog } from '../../../shared/text/catalog.js'
import { type Language, languageFor } from '../../../shared/text/language.js'
import { de } from './de.js'
import { en } from './en.js'
import { zhHant } from './zh-hant.js'

/** Every word of menus, tray and dialogs, in one language. */
export type DesktopText = Catalog<typeof en>

const TEXTS: Readonly<Record<Language, DesktopText>> = { en, de, 'zh-hant': zhHant }

export interface DesktopWords {
  readonly language: Language
  readonly text: DesktopText
}

/** @param systemTags what the system prefers, most wanted first (BCP 47) */
export function wordsFor(
  chosen: Preferences['language'],
  systemTags: readonly string[],
): DesktopWords {
  const language = chosen === 'system' ? languageFor(systemTags) : chosen
  return { language, text: TEXTS[language] }
}
