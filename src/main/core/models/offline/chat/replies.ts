import { HOW_TO_CONNECT, OFFLINE_ABILITIES } from '../abilities.js'
import { bullets, oneLine } from '../report/markdown.js'
import type { Intent } from '../words/intent.js'
import { isWork } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'

/** The beginning of the long answer, by which a later turn knows that it was given. */
const ABILITIES_HEAD = 'What I can do:'

export function helpText(): string {
  return `I am the offline assistant: no language model is connected, so I follow fixed rules. Work runs in the background while you go on chatting.\n\n${abilities()}`
}

export function greetingText(): string {
  return 'Hello. No language model is connected, so I work in offline mode: I can run commands, tests and builds, survey and search the workspace, and tell how tasks stand. Say “help” for examples.'
}

/** An honest no, with what is possible; short when the long answer stands above already. */
export function cannotText(intent: Intent, wasExplained: boolean): string {
  const suggestion = suggestionFor(intent.words)
  const no =
    'I cannot answer that: no language model is connected, and offline mode only knows fixed kinds of work.'
  if (suggestion !== null) {
    return `${no} If you want me to do it rather than explain it, say “${suggestion}”.\n\n${HOW_TO_CONNECT}`
  }
  if (wasExplained) {
    return `${no} Say “help” for what I can do, or connect a model under Settings → Model.`
  }
  return `${no}\n\n${abilities()}`
}

export function wasExplainedIn(text: string): boolean {
  return text.includes(ABILITIES_HEAD)
}

/** The part of a request that was left alone, beside others that were done. */
export function leftAloneText(intents: readonly Intent[]): string {
  const words = intents.map((intent) => `“${oneLine(intent.words, 120)}”`).join(', ')
  return `Not done, because offline mode does not understand it: ${words}. Say “help” for what I can do, or connect a model under Settings → Model.`
}

export function refrainText(intent: Intent): string {
  return `All right: nothing was started or cancelled for “${oneLine(intent.words, 120)}”.`
}

export function conditionalText(intent: Intent): string {
  return `“${oneLine(intent.words, 120)}” was not started: tasks cannot wait for a condition yet. You are told here when a task ends; ask for the next step then.`
}

function abilities(): string {
  return `${ABILITIES_HEAD}\n${bullets(OFFLINE_ABILITIES)}\n\n${HOW_TO_CONNECT}`
}

/** "how do I run the tests?" holds a request that could be carried out. */
function suggestionFor(words: string): string | null {
  const request = words.replace(
    /^(?:how (?:do|can|could|should|would) (?:i|we|you)|how to|what happens (?:if|when) (?:i|we)|should (?:i|we)|why (?:do|should) (?:i|we))\s+/i,
    '',
  )
  if (request === words) return null
  const [first, ...more] = parseIntents(request)
  return first !== undefined && more.length === 0 && isWork(first) ? first.words : null
}
