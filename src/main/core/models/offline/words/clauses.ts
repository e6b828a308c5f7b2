import { isBareCommand, looksLikeShell } from './bare-command.js'
import { withoutPoliteness } from './politeness.js'
import { goalIn, leadingVerb } from './vocabulary.js'

export interface Clause {
  readonly text: string
  /** It was joined to the one before by "then" or the like. */
  readonly after: boolean
  /** The sentence that it belongs to, counted from 0. */
  readonly sentence: number
  readonly question: boolean
}

const SENTENCE_END = /(?<=[.!?])\s+|\n+|[。！？；;]\s*|(?<=[?？])/
const AFTER =
  /^(?:(?:and|und)\s+)?(?:then|after(?:wards| that| which)?|next|finally|lastly|subsequently|once (?:that|it)(?:'s| is) done|dann|danach|anschließend|zuletzt)(?:\s*,)?\s+/i
const JOINT =
  /\s*,?\s+(?:and then|and also|and afterwards|and after that|and finally|and next|followed by|as well as|und dann|und danach|und auch|and|then|afterwards|after that|plus|also|und|dann|danach|sowie)\s+|\s*(?<!&)&(?!&)\s+|\s+\+\s+|\s*,\s+|\s*[，、]\s*|\s*(?:然後再?|然后再?|接著|接着|之後再?|之后再?|並且|并且|並|并|以及|和)\s*/iu
/** "…, and, after that, …" */
const PARENTHETIC_JOINT =
  /,?\s+(?:and|und)\s*,\s*(?:then|after that|afterwards|finally|dann|danach)\s*,\s*/gi
const SEQUENCE = /then|after|finally|next|followed|dann|danach|然後|然后|接著|接着|之後|之后/i
const LIST_MARK = /^[ \t]*(?:[-*•·][ \t]+|\(?\d{1,2}[.):][ \t]+|\[[ x]?\][ \t]+)/gim
const COMPARES =
  /\b(?:compare|comparison|diff|contrast|difference|differences|vergleiche?|between)\b|比較|比较|對比|对比/i
const TELLS = /^\s*(?:please\s+)?(?:tell|message|inform|let)\s+(?!me\b|us\b)/i
const LEADING_CONDITION =
  /^\s*(?:if|when|once|whenever|unless|as soon as|wenn|falls|sobald|如果|當|当)(?=\s|\p{Script=Han})/iu

/** Cuts a message (with its quotes already taken out) into the clauses that each ask for one thing. */
export function clausesOf(message: string): Clause[] {
  return message
    .replace(LIST_MARK, '')
    .replace(PARENTHETIC_JOINT, ' and then ')
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .flatMap((text, sentence) => {
      const question = /[?？]\s*$/.test(text)
      const body = text.replace(/[\s.!?。！？…:：]+$/u, '')
      if (body === '') return []
      return joined(withoutShellJoints(body)).map((part) => ({ ...part, sentence, question }))
    })
}

/**
 * "run tests && build" is two requests and no line for a shell, which has no program `tests`. With
 * one side that is a command the whole is one.
 */
function withoutShellJoints(sentence: string): string {
  const sides = sentence.split(/\s*&&\s*/)
  return sides.length > 1 && sides.every(isSpoken) ? sides.join(' and then ') : sentence
}

function isSpoken(side: string): boolean {
  const object = withoutPoliteness(side).replace(/^(?:re-?run|run|execute|start|do)\s+/i, '')
  if (/^\uE000\d+\uE001$/.test(object)) return true
  if (!/^[a-z-]+(?: [a-z-]+){0,5}$/i.test(object)) return false
  if (isBareCommand(object) || looksLikeShell(object)) return false
  return goalIn(object) !== null || leadingVerb(object) !== null
}

/** "A, B and then C" into its parts; a comparison, a condition and a message to a task stay whole. */
function joined(sentence: string): { text: string; after: boolean }[] {
  if (TELLS.test(sentence) || LEADING_CONDITION.test(sentence)) {
    return [{ text: sentence, after: false }]
  }
  const pieces = splitKeeping(sentence)
  const clauses: { text: string; after: boolean }[] = []
  for (const { text, joint } of pieces) {
    const previous = clauses.at(-1)
    if (previous !== undefined && needsSecondHalf(previous.text) && !/,\s*$/.test(joint)) {
      previous.text += joint + text
      continue
    }
    if (LEADING_CONDITION.test(text)) {
      clauses.push({ text: text + restAfter(sentence, text), after: true })
      break
    }
    const startsAfter = AFTER.test(text)
    const after = clauses.length > 0 && (startsAfter || SEQUENCE.test(joint))
    clauses.push({ text: text.replace(AFTER, '').trim(), after })
  }
  return clauses.filter(({ text }) => text !== '')
}

function splitKeeping(sentence: string): { text: string; joint: string }[] {
  const parts = sentence.split(new RegExp(`(${JOINT.source})`, JOINT.flags))
  const pieces: { text: string; joint: string }[] = []
  for (let index = 0; index < parts.length; index += 2) {
    const joint = index === 0 ? '' : (parts[index - 1] ?? '')
    pieces.push({ text: (parts[index] ?? '').trim(), joint })
  }
  return pieces.filter(({ text }) => text !== '')
}

/** "compare A" still waits for its "and B". */
function needsSecondHalf(clause: string): boolean {
  if (!COMPARES.test(clause)) return false
  return !/\s(?:and|with|to|against|vs\.?|versus|und|mit)\s+\S|[與与跟和]\s*\S/i.test(clause)
}

function restAfter(sentence: string, part: string): string {
  const at = sentence.indexOf(part)
  return at === -1 ? '' : sentence.slice(at + part.length)
}
