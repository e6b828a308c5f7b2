import { expect, test } from 'vitest'
import { parseIntents } from '../src/main/core/models/offline/words/parse-intents.js'
import { LANGUAGES, type Language } from '../src/shared/text/language.js'

/** What a chat without messages, and a list without recurring tasks, propose to ask for. */
async function examplesIn(language: Language): Promise<readonly string[]> {
  const { chat } = await import(`../src/renderer/src/text/${language}/chat.ts`)
  const { schedules } = await import(`../src/renderer/src/text/${language}/schedules.ts`)
  const { tests, build, todos, running } = chat.empty
  return [tests, build, todos, running, schedules.example]
}

function askedFor(message: string): readonly unknown[] {
  return parseIntents(message).map(({ words: _words, after: _after, ...meaning }) => meaning)
}

test.each(LANGUAGES)(
  'the planner understands the examples in %s as those in English',
  async (language) => {
    const english = (await examplesIn('en')).map(askedFor)
    expect((await examplesIn(language)).map(askedFor)).toEqual(english)
  },
)
