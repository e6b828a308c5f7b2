import type { Target, TargetState } from './intent.js'
import { plainText, type Quoted } from './quotes.js'

const TASK_ID = /\btask_[A-Za-z0-9]+\b/g
const STATES: readonly { readonly state: TargetState; readonly pattern: RegExp }[] = [
  { state: 'failed', pattern: /\b(?:failed|failing|failures)\b/i },
  { state: 'cancelled', pattern: /\b(?:cancell?ed|stopped)\b/i },
  { state: 'completed', pattern: /\b(?:completed|finished|done)\b/i },
  { state: 'running', pattern: /\b(?:running|active)\b/i },
  { state: 'pending', pattern: /\b(?:pending|waiting|queued)\b/i },
]
const NOISE: ReadonlySet<string> = new Set(
  's m d t re ll a an the my our your of for from in on at to by with and or is are was were be been me us you i we it its this that these those them they task tasks job jobs run runs thing things one ones what whats which who where when why how hows did does do doing done say said show tell find found out come came go going get got status state progress result results report reports output outcome outcomes findings answer current currently now all everything every both each last latest newest recent most previous running active pending waiting queued completed finished failed cancelled stopped far long much longer left still yet already please so again there any news agent agents background work working stop cancel pass passed fail succeed happening happened ready until will take'.split(
    ' ',
  ),
)

/** Which tasks the words after "cancel", "show the result of", "status of" mean. */
export function targetIn(text: string, quotes: readonly Quoted[]): Target {
  const plain = plainText(text, quotes)
  const ids = [...new Set(plain.match(TASK_ID) ?? [])]
  const words = plain
    .replace(TASK_ID, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_./@-]+/u)
    .map((word) => word.replace(/^[./-]+|[./-]+$|'s$/g, ''))
    .filter((word) => word !== '' && !NOISE.has(word))
  return {
    ids,
    all: /\b(?:all|everything|every|both|each)\b/i.test(plain),
    last: /\b(?:last|latest|newest|most recent|previous)\b/i.test(plain),
    plural:
      /\b(?:results|reports|outcomes|findings|tasks|jobs|them|they|builds|surveys|runs)\b/i.test(
        plain,
      ),
    words,
    state: STATES.find(({ pattern }) => pattern.test(plain))?.state ?? null,
  }
}

export function isEmptyTarget(target: Target): boolean {
  return (
    target.ids.length === 0 &&
    !target.all &&
    !target.last &&
    target.words.length === 0 &&
    target.state === null
  )
}
