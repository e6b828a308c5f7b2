import { messageOf } from '../../../shared/rpc/errors.js'
import { Language, languageFor } from '../../../shared/text/language.js'
import { useSettings } from '../stores/settings.js'
import { remember, remembered } from '../stores/storage.js'
import { speak } from '../text/text.js'

const NAME = 'language'

/**
 * Speaks what the person chose, and what their system speaks where they chose nothing. The choice is kept by the host;
 * this window remembers it so that a start shows the right words before the host has answered.
 */
export async function startSpeaking(): Promise<void> {
  useSettings.subscribe(({ settings }, before) => {
    const chosen = settings?.preferences.language
    if (chosen === undefined || chosen === before.settings?.preferences.language) return
    remember(NAME, chosen)
    speak(spoken(chosen)).catch(notLoaded)
  })
  await speak(spoken(remembered(NAME))).catch(notLoaded)
}

function spoken(choice: string | null): Language {
  const known = Language.safeParse(choice)
  return known.success ? known.data : languageFor(navigator.languages)
}

/** The words that are there stay. */
function notLoaded(error: unknown): void {
  console.warn(`the words of a language could not be loaded: ${messageOf(error)}`)
}
