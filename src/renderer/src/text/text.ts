import { create } from 'zustand'
import type { Catalog } from '../../../shared/text/catalog.js'
import { type Language, localeFor } from '../../../shared/text/language.js'
import { en } from './en/index.js'

/** Every word of the window, in one language. */
export type Text = Catalog<typeof en>

export interface Words {
  readonly language: Language
  /** BCP 47; how dates and numbers are written. */
  readonly locale: string
  readonly text: Text
}

export const useWords = create<Words>(() => ({
  language: 'en',
  locale: localeFor('en', navigator.languages),
  text: en,
}))

/** The words of the language that the person reads; a change of it draws the component anew. */
export function useText(): Text {
  return useWords((words) => words.text)
}

/** The same outside of components, at this moment. */
export function currentText(): Text {
  return useWords.getState().text
}

/** English is always at hand; who reads another language loads that one alone. */
const LOADERS: Readonly<Record<Language, () => Promise<Text>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de/index.js')).de,
  'zh-hant': async () => (await import('./zh-hant/index.js')).zhHant,
}

let wanted: Language = 'en'

/** Speaks `language` from now on; of two calls the later holds. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  const text = await LOADERS[language]()
  if (wanted !== language) return
  useWords.setState({ language, locale: localeFor(language, navigator.languages), text })
  document.documentElement.lang = language === 'zh-hant' ? 'zh-Hant' : language
}
