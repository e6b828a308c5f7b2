export interface Candidate {
  readonly agent: string
  readonly score: number
  readonly reason: string
}

export interface Selection {
  readonly agent: string
  readonly reason: string
  /** Best first. */
  readonly candidates: readonly Candidate[]
}

export interface Selectable {
  readonly name: string
  /** Tells when to use the agent. */
  readonly description: string
}

/** Words of a kind of work, and the agents that do it, the first of them that there is (SEEDS C6). */
const SPECIALTIES: readonly (readonly [agents: readonly string[], words: RegExp, what: string])[] =
  [
    [
      ['frontend-developer'],
      /\b(?:front-?end|ui|ux|css|html|react|vue|svelte|component|button|page|layout|style|stylesheet|browser|form|dialog|accessib\w*)\b/gi,
      'work on the user interface',
    ],
    [
      ['test-engineer'],
      /\b(?:tests?|testing|unit tests?|e2e|coverage|assert\w*|spec|specs|flaky|regression tests?)\b/gi,
      'tests',
    ],
    [
      ['reviewer', 'architect-reviewer'],
      /\b(?:review\w*|audit\w*|critique|inspect\w*|code quality)\b/gi,
      'a review',
    ],
    [
      ['security-reviewer'],
      /\b(?:security|vulnerab\w*|injection|xss|csrf|cve|secrets?)\b/gi,
      'security',
    ],
    [
      ['researcher'],
      /\b(?:research\w*|investigate|compare|evaluate|find out|explore|options|alternatives|survey)\b/gi,
      'research',
    ],
    [
      ['refactoring-specialist'],
      /\b(?:refactor\w*|clean ?up|restructure|rename|extract|simplify|dedup\w*|technical debt)\b/gi,
      'a refactoring',
    ],
    [
      ['debugger'],
      /\b(?:bugs?|debug\w*|crash\w*|fix\w*|error|broken|fails?|failing|stack ?trace|exception)\b/gi,
      'a fault to be found',
    ],
    [
      ['documentation-writer', 'writer'],
      /\b(?:docs?|document\w*|readme|changelog|guide|tutorial|comments?)\b/gi,
      'documentation',
    ],
    [['integrator'], /\b(?:integrate|integration|merge|combine|wire up)\b/gi, 'integration'],
    [['planner'], /\b(?:plan|planning|roadmap|break down|decompose|split up)\b/gi, 'planning'],
    [
      ['backend-developer'],
      /\b(?:back-?end|api|endpoint|server|database|sql|schema|migration|auth\w*|service|queue|cache|rest|graphql)\b/gi,
      'work on the server side',
    ],
  ]

/** A name that stands in the text weighs more than any words of its trade. */
const NAMED = 10
/** Done by whoever can do anything, where nothing else is said. */
const GENERAL = 'general-purpose'

/**
 * The agent that suits what is to be done: each word of a trade counts for its agents, a name of an agent for
 * that agent, a word of an agent's own description a little. Pure; the same text always gives the same answer.
 */
export function selectAgent(description: string, agents: readonly Selectable[]): Selection {
  const candidates = agents
    .map((agent) => scoreOf(description, agent))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.agent < b.agent ? -1 : 1))
  const [best] = candidates
  if (best !== undefined) return { agent: best.agent, reason: best.reason, candidates }
  const general = agents.find(({ name }) => name === GENERAL) ?? agents[0]
  return {
    agent: general?.name ?? GENERAL,
    reason: 'Nothing in it points to a specialist.',
    candidates,
  }
}

function scoreOf(description: string, { name, description: own }: Selectable): Candidate {
  if (wordsOf(description, /[\w-]+/g).has(name.toLowerCase())) {
    return { agent: name, score: NAMED, reason: `It names ${name}.` }
  }
  let score = 0
  let reason = ''
  for (const [trades, words, what] of SPECIALTIES) {
    const rank = trades.indexOf(name)
    if (rank === -1) continue
    const found = [...new Set((description.match(words) ?? []).map((word) => word.toLowerCase()))]
    if (found.length === 0) continue
    score += found.length * 2 - rank
    reason = `It is ${what}: ${found.slice(0, 4).join(', ')}.`
  }
  if (SPECIALTIES.some(([trades]) => trades.includes(name)) || name === GENERAL) {
    return { agent: name, score, reason }
  }
  return byOwnWords(description, name, own)
}

/** Agents that a person has described are known by their description alone. */
function byOwnWords(description: string, name: string, own: string): Candidate {
  const words = wordsOf(description)
  const shared = [...wordsOf(own)].filter((word) => words.has(word))
  return {
    agent: name,
    score: shared.length >= 2 ? shared.length : 0,
    reason: `Its description speaks of ${shared.slice(0, 4).join(', ')}.`,
  }
}

const COMMON = new Set([
  ...['about', 'after', 'agent', 'before', 'code', 'does', 'else', 'every', 'from', 'have', 'into'],
  ...[
    'make',
    'more',
    'other',
    'project',
    'should',
    'some',
    'task',
    'that',
    'them',
    'then',
    'there',
  ],
  ...[
    'these',
    'they',
    'this',
    'those',
    'what',
    'when',
    'where',
    'which',
    'with',
    'work',
    'write',
    'your',
  ],
])

function wordsOf(text: string, word = /[a-z][a-z-]{3,}/g): Set<string> {
  const words = text.toLowerCase().match(word) ?? []
  return new Set(words.filter((word) => !COMMON.has(word)))
}
