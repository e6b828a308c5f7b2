import type { Meaning } from './intent.js'
import { placeIn, sizeLimitIn, topIn } from './places.js'
import { type Quoted, withoutMarks } from './quotes.js'
import { searchIn } from './search-query.js'
import { targetIn } from './targets.js'
import { focusesIn } from './vocabulary.js'

const STATUS: readonly RegExp[] = [
  /^(?:what(?:'s| is| are)?\s+(?:still\s+|currently\s+)?(?:running|happening|going on|pending|waiting|queued|active|in progress|the (?:status|progress|state|eta)))\b/i,
  /^what\s+are\s+you\s+(?:doing|working on|up to)\b/i,
  /^what(?:'s| is| are)\s+(?:the\s+|my\s+)?(?:tasks?|jobs?)\b/i,
  /^(?:which|what|how many|any)\s+(?:of\s+(?:the|my)\s+)?(?:background\s+)?(?:tasks?|jobs?|agents?)\b/i,
  /^how(?:'s| is| are|'re)\s+(?!you\b).*\b(?:going|doing|coming|progressing|getting on|looking|along)\b/i,
  /^how(?:'s| is| are)\s+(?:it|that|things|everything|the (?:task|tasks|build|tests?|survey|search|analysis|run))\b/i,
  /^how\s+(?:far|long|much (?:longer|time)|soon)\b(?!.*\b(?:file|files|line|function)\b)/i,
  /^(?:is|are|has|have)\s+.*\b(?:done|finished|ready|running|complete(?:d)?|over|through|started)\b/i,
  /^(?:any\s+)?(?:news|updates?|progress)(?:\s+(?:yet|on|about|from)\b.*)?$/i,
  /^(?:when|what time)\s+(?:will|is|are|does|do)\s+.*\b(?:done|finish(?:ed)?|ready|complete|end)\b/i,
  /^where\s+(?:are we|do we stand|were we)\b/i,
  /^(?:are (?:we|you) (?:there|done)|done|finished|ready)(?:\s+(?:yet|already))?$/i,
  /^(?:status|progress|eta)(?:\s+(?:report|update|of|on|for)\b.*)?$/i,
  /^(?:why|what)\s+(?:is|are|does|do)\s+.*\b(?:waiting|wait|stuck|queued|pending)\b/i,
]

const RESULT: readonly RegExp[] = [
  /^(?:what(?:'s| is| are| was| were)?|how (?:was|were))\s+(?:the\s+|its?\s+)?(?:last\s+|latest\s+)?(?:results?|outcomes?|findings|reports?|output)\b/i,
  /^what\s+(?:did|does|do|has|have)\s+(?!you\b|i\b|we\b).*\b(?:say|find|found|show|report|return|turn up|come (?:up|back) with|conclude)\b/i,
  /^what\s+(?:came|has come)\s+(?:out|back)\b/i,
  /^(?:did|have|has|do)\s+(?!you\b|i\b|we\b).*\b(?:pass|passed|fail|failed|succeed|succeeded|work|worked|go well|gone well)\b/i,
  /^how\s+did\s+.*\b(?:go|end|turn out|do)\b/i,
  /^(?:what|which(?:\s+\w+)?|how many(?:\s+\w+)?|why did .*)\s+(?:went wrong|failed|fail)\b/i,
  /^(?:results?|report)(?:\s+(?:of|from|for)\b.*)?$/i,
]

const MEASURES =
  /^(?:whats?|which|how (?:many|much|big|large|long)|are there|is there|do we have|have we(?: got)?|who)\b/i
const WHERE =
  /^(?:where\s+(?:is|are|do|does)\b|which\s+files?\s+(?:contains?|uses?|mentions?|imports?|calls?|defines?)\b|who\s+(?:calls|uses|imports)\b)/i

/** What a question asks for that tools can answer; null when it is none of these. */
export function askedFor(clause: string, quotes: readonly Quoted[]): Meaning | null {
  if (RESULT.some((pattern) => pattern.test(clause))) {
    return {
      kind: 'result',
      target: targetIn(clause.replace(/\b(?:pass|fail)(?:ed)?\b/gi, ''), quotes),
    }
  }
  const focus = focusesIn(withoutMarks(clause))
  if (MEASURES.test(clause) && focus.length > 0 && !/\b(?:tasks?|jobs?)\b/i.test(clause)) {
    return {
      kind: 'survey',
      focus,
      place: placeIn(clause, quotes),
      limit: sizeLimitIn(clause),
      top: topIn(clause),
    }
  }
  if (STATUS.some((pattern) => pattern.test(clause))) {
    const target = targetIn(clause, quotes)
    // "is it done?" asks about every state; "what is running?" about one.
    const asksForState = /^(?:what|which)\b/i.test(clause)
    return { kind: 'status', target: asksForState ? target : { ...target, state: null } }
  }
  if (/^where\s+are\b/i.test(clause) && focus.length > 0) {
    return {
      kind: 'survey',
      focus,
      place: placeIn(clause.replace(/^where\s+are\s+/i, ''), quotes),
      limit: null,
      top: null,
    }
  }
  if (WHERE.test(clause)) return whereIs(clause, quotes)
  return null
}

function whereIs(clause: string, quotes: readonly Quoted[]): Meaning | null {
  const rest = clause
    .replace(/^which\s+files?\s+(?:contains?|uses?|mentions?|imports?|calls?|defines?)\s+/i, '')
    .replace(/^who\s+(?:calls|uses|imports)\s+/i, '')
    .replace(/^where\s+(?:is|are|do|does)\s+(?:we\s+|i\s+)?(?:use\s+|call\s+|define\s+)?/i, '')
    .replace(/\s+(?:used|called|defined|declared|imported|mentioned|implemented)$/i, '')
  const meaning = searchIn(rest, quotes)
  // "where is my phone": only something that reads like a name in code is searched for.
  if (meaning.kind !== 'search' || meaning.query.split(/\s+/).length > 1) return null
  return meaning
}
