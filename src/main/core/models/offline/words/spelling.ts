import { isBareCommand } from './bare-command.js'
import { isMark } from './quotes.js'
import { leadingVerb } from './vocabulary.js'

const VERBS: readonly string[] =
  'run test build execute start launch compile install lint survey analyze analyse search compare cancel stop show check find retry'.split(
    ' ',
  )
const NOUNS: readonly string[] =
  'the tests test build project linter typecheck coverage dependencies workspace status result results survey report files largest cycles history'.split(
    ' ',
  )
/** Words of their own that are one letter away from ours. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  'spot urn built texts cheek stars stark'.split(' '),
)
/** A shorter word has too many neighbours for anything but two letters that changed places. */
const SHORTEST_REPAIRED = 5

/** A clause whose first word is a slip of a verb gets that verb; any other stays as it is. */
export function withVerbRespelled(clause: string): string {
  if (leadingVerb(clause) !== null || isBareCommand(clause)) return clause
  return clause.replace(/^\p{L}+(?=\s|$)/u, (word) => respelled(word, VERBS))
}

/** The same for every word, to be tried on a clause that means nothing as it was typed. */
export function withWordsRespelled(clause: string): string {
  return withVerbRespelled(clause)
    .split(' ')
    .map((word, index) => (isMark(word) || index === 0 ? word : respelled(word, NOUNS)))
    .join(' ')
}

function respelled(word: string, known: readonly string[]): string {
  const lower = word.toLowerCase()
  if (!/^[a-z]{3,}$/.test(lower) || known.includes(lower) || OTHER_WORDS.has(lower)) return word
  return known.find((each) => isSlipOf(lower, each)) ?? word
}

/** Two neighbouring letters that changed places; or one letter wrong, missing or too many. */
function isSlipOf(word: string, meant: string): boolean {
  let start = 0
  while (start < word.length && word[start] === meant[start]) start += 1
  const isSwapped =
    word.length === meant.length &&
    word[start] === meant[start + 1] &&
    word[start + 1] === meant[start] &&
    word.slice(start + 2) === meant.slice(start + 2)
  if (isSwapped) return true
  // "builds", "compared": other forms of the same word, which mean something else.
  if (meant.length < SHORTEST_REPAIRED || start === 0 || /^[sdr]$/.test(word.slice(meant.length))) {
    return false
  }
  const rest = (text: string, skip: number) => text.slice(start + skip)
  return (
    rest(word, 1) === rest(meant, 1) ||
    rest(word, 1) === rest(meant, 0) ||
    rest(word, 0) === rest(meant, 1)
  )
}
