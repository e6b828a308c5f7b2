import { classify, OTHER_VERB } from './classify.js'
import { type Clause, clausesOf } from './clauses.js'
import { glossed } from './gloss.js'
import type { Intent, Meaning } from './intent.js'
import { takeRepeat, takeTimeout } from './limits.js'
import { takePriority, withoutPoliteness } from './politeness.js'
import { type Quoted, restoreQuotes, takeQuotes } from './quotes.js'
import { withVerbRespelled, withWordsRespelled } from './spelling.js'
import { focusesIn, goalIn, leadingVerb } from './vocabulary.js'

/** Longer messages are prose or pasted text: rules made for short requests would misread them. */
const LONGEST_REQUEST = 2_000

const SMALL_TALK: readonly {
  readonly kind: 'greeting' | 'thanks' | 'acknowledgement' | 'help'
  readonly pattern: RegExp
}[] = [
  {
    kind: 'help',
    pattern:
      /^(?:help|\?|\/help|what can (?:you|i|this) (?:do|ask|say).*|what do you do|how do(?:es)? (?:you|this|it) work|who are you|what are you|how can you help.*|help me|commands|what are your (?:skills|abilities|commands))$/i,
  },
  {
    kind: 'thanks',
    pattern:
      /^(?:(?:many |great |ok(?:ay)? )?(?:thanks?|thank you|thx|ty|cheers)(?:\s+(?:a lot|so much|very much|you|again|for\b.*))?|(?:very )?(?:nice|great|good|perfect|excellent|awesome|wonderful)(?:\s+(?:work|job|one))?)$/i,
  },
  {
    kind: 'greeting',
    pattern:
      /^(?:hi|hello|hey|yo|howdy|greetings|good (?:morning|afternoon|evening|day))(?:\s+(?:there|all|everyone|you|assistant|again))?$|^how are you(?:\s+(?:doing|today))?$/i,
  },
  {
    kind: 'acknowledgement',
    pattern:
      /^(?:ok(?:ay)?|k|yes|yeah|yep|sure|fine|alright|all right|cool|got it|i see|no|nope|no thanks?|never ?mind|understood|hm+|ah|oh)$/i,
  },
]

const NEGATED =
  /^(?:do\s+not|don't|dont|never|not|no need to|please don't|you (?:need not|don't need to|shouldn't))\b/i
const NOT_LATER = /^(?:run|show|build|search|survey|cancel|test|compare|start)\b.*\bnot$/i
const CONDITIONAL =
  /^(?:if|when|once|whenever|unless|as soon as|wenn|falls|sobald|如果|當|当)(?=\s|\p{Script=Han})/iu
/** Asking how to do something is not asking for it to be done. */
const ABOUT =
  /^(?:how (?:do|can|could|should|would|to|does)|why|explain|what (?:is|are|does|would|happens)|should (?:i|we)|is it|describe|teach)\b/i

/** Reads a message into what it asks for, clause by clause, in order. Deterministic and total. */
export function parseIntents(message: string): Intent[] {
  const trimmed = message.trim()
  if (trimmed === '') return []
  if (trimmed.length > LONGEST_REQUEST) return [{ kind: 'unknown', words: trimmed }]
  const { text, quotes } = takeQuotes(trimmed)
  const read = clausesOf(text).map((clause) => readClause(clause, quotes))
  const intents = foldContinuations(read, quotes)
  const real = intents.filter(
    ({ kind }) => !['greeting', 'thanks', 'acknowledgement'].includes(kind),
  )
  return real.length > 0 ? real : intents.slice(0, 1)
}

interface ReadClause {
  readonly intent: Intent
  /** The clause in English, with its quotes still taken out. */
  readonly english: string
  readonly raw: string
  readonly sentence: number
}

function readClause(clause: Clause, quotes: readonly Quoted[]): ReadClause {
  const { priority, ...bare } = takePriority(clause.text)
  const { timeoutMs, ...unlimited } = takeTimeout(bare.text)
  const { repeat, text } = takeRepeat(unlimited.text)
  const small = smallTalk(text)
  const raw = small === null ? withoutPoliteness(text) : text
  const english = withVerbRespelled(withoutPoliteness(glossed(raw)))
  const meaning = small ?? smallTalk(english) ?? forgivingMeaningOf(english, clause, quotes)
  const intent: Intent = {
    ...meaning,
    words: restoreQuotes(raw, quotes),
    ...(clause.after ? { after: true } : {}),
    ...(priority === null ? {} : { priority }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...(repeat === null ? {} : { repeat }),
  }
  return { intent, english, raw, sentence: clause.sentence }
}

function smallTalk(clause: string): Meaning | null {
  const bare = clause.trim().replace(/[\s,!.]+$/, '')
  const found = SMALL_TALK.find(({ pattern }) => pattern.test(bare))
  return found === undefined ? null : { kind: found.kind }
}

/** A slip of the pen is looked for only where the words as they stand mean nothing of ours. */
function forgivingMeaningOf(english: string, clause: Clause, quotes: readonly Quoted[]): Meaning {
  const meaning = meaningOf(english, clause, quotes)
  if (meaning.kind !== 'unknown' && meaning.kind !== 'script') return meaning
  const respelled = withWordsRespelled(english)
  if (respelled === english) return meaning
  const repaired = meaningOf(respelled, clause, quotes)
  // A script may have any name; only a goal is likelier than that.
  return meaning.kind === 'script' && repaired.kind !== 'goal' ? meaning : repaired
}

function meaningOf(english: string, clause: Clause, quotes: readonly Quoted[]): Meaning {
  if (CONDITIONAL.test(english) || CONDITIONAL.test(clause.text)) return { kind: 'conditional' }
  if (NEGATED.test(english) || NOT_LATER.test(english)) return { kind: 'refrain' }
  const meaning = classify(english, quotes)
  if (ABOUT.test(english) && !['status', 'result', 'survey', 'search'].includes(meaning.kind)) {
    return { kind: 'unknown' }
  }
  return meaning
}

const CONTINUATION_WORDS = 3

/**
 * "run the tests and the linter", "find TODOs and cycles": a clause without a verb of its own goes
 * on with the verb before it.
 */
function foldContinuations(read: readonly ReadClause[], quotes: readonly Quoted[]): Intent[] {
  const intents: Intent[] = []
  let previous: ReadClause | null = null
  for (const current of read) {
    const last = intents.at(-1)
    const { priority, timeoutMs } = current.intent
    if (current.raw === '') {
      // "please, …", "…, urgently", "…, timeout 5 s": the clause says nothing else.
      if (last === undefined) continue
      intents[intents.length - 1] = {
        ...last,
        ...(priority === undefined ? {} : { priority }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      }
      continue
    }
    const folded: Folded | null =
      last === undefined || previous?.sentence !== current.sentence
        ? null
        : continued(last, current, quotes)
    if (folded === null) intents.push(current.intent)
    else if (folded.how === 'joined') intents[intents.length - 1] = folded.intent
    else intents.push(folded.intent)
    previous = current
  }
  return intents
}

interface Folded {
  readonly how: 'joined' | 'separate'
  readonly intent: Intent
}

function continued(last: Intent, current: ReadClause, quotes: readonly Quoted[]): Folded | null {
  const { english } = current
  if (OTHER_VERB.test(english) || english.split(/\s+/).length > 2 * CONTINUATION_WORDS) return null
  switch (last.kind) {
    case 'survey':
      return moreToSurvey(last, current, quotes)
    case 'search':
      return againWith('search for', last, current, quotes)
    case 'goal':
    case 'script':
    case 'command':
      return againWith('run', last, current, quotes)
    case 'cancel':
      return againWith('cancel', last, current, quotes)
    case 'result':
      return againWith('show the result of', last, current, quotes)
    case 'status':
      return againWith('show the status of', last, current, quotes)
    default:
      return null
  }
}

function moreToSurvey(
  last: Extract<Intent, { kind: 'survey' }>,
  { english, raw, intent }: ReadClause,
  quotes: readonly Quoted[],
): Folded | null {
  const focus = focusesIn(english)
  if (intent.kind !== 'survey' && intent.kind !== 'unknown') return null
  if (focus.length === 0 || leadingVerb(english) !== null) return null
  const more = intent.kind === 'survey' ? intent : null
  return {
    how: 'joined',
    intent: {
      ...last,
      focus: [...new Set([...last.focus, ...focus])],
      place: last.place ?? more?.place ?? null,
      limit: last.limit ?? more?.limit ?? null,
      top: last.top ?? more?.top ?? null,
      words: `${last.words} and ${restoreQuotes(raw, quotes)}`,
    },
  }
}

/** Reads the clause once more with the verb before it, and keeps that if it means the same kind. */
function againWith(
  verb: string,
  last: Intent,
  { english, raw, intent }: ReadClause,
  quotes: readonly Quoted[],
): Folded | null {
  const isControl = last.kind === 'cancel' || last.kind === 'result' || last.kind === 'status'
  const isNoun = leadingVerb(english) === null || (isControl && /^\S+$/.test(english))
  const mayContinue =
    intent.kind === 'unknown' || (isControl && (intent.kind === 'goal' || intent.kind === 'survey'))
  const isName = isControl || verb !== 'run' || goalIn(english) !== null || /^the\s/i.test(english)
  if (!isNoun || !mayContinue || !isName) return null
  if (english.split(/\s+/).length > CONTINUATION_WORDS) return null
  const again = classify(`${verb} ${english}`, quotes)
  const sameKind = isControl || last.kind === 'search' ? again.kind === last.kind : isRun(again)
  if (!sameKind) return null
  const words = restoreQuotes(raw, quotes)
  const spoken = `${verb.charAt(0).toUpperCase()}${verb.slice(1)} ${words}`
  return { how: 'separate', intent: { ...again, words: isControl ? words : spoken } }
}

function isRun(meaning: Meaning): boolean {
  return meaning.kind === 'goal' || meaning.kind === 'script' || meaning.kind === 'command'
}
