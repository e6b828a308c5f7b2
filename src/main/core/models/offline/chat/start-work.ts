import { isDeepStrictEqual } from 'node:util'
import type { PlannedCall } from '../routine.js'
import type { Focus, Goal, Place, Work, WorkIntent } from '../words/intent.js'
import { isWork } from '../words/intent.js'
import { parseIntents } from '../words/parse-intents.js'

/** The task that a request becomes. */
export interface Start {
  readonly description: string
  readonly call: PlannedCall
}

export function startOf(intent: WorkIntent): Start {
  const description = descriptionOf(intent)
  const priority = intent.priority === undefined ? {} : { priority: intent.priority }
  const timeout = intent.timeoutMs === undefined ? {} : { timeoutMs: intent.timeoutMs }
  return {
    description,
    call: {
      name: 'start_task',
      input: { description, ...kindOf(intent), ...priority, ...timeout },
    },
  }
}

function kindOf(work: Work): Readonly<Record<string, string>> {
  switch (work.kind) {
    case 'command':
      return { type: 'command', command: work.line }
    case 'survey':
      return { type: 'analysis', agentType: 'analyzer' }
    case 'search':
    case 'compare':
      return { type: 'analysis', agentType: 'researcher' }
    case 'script':
      return { type: 'agent_execution', agentType: 'developer' }
    case 'goal':
      // A build of a part of the workspace needs an agent that looks for its command there.
      if (work.goal === 'build' && work.place === null) return { type: 'build' }
      if (work.goal === 'e2e' && work.place === null) return { type: 'e2e_test' }
      return {
        type: 'agent_execution',
        agentType: ['test', 'e2e', 'coverage'].includes(work.goal) ? 'test-engineer' : 'developer',
      }
  }
}

/**
 * The person's own words, as long as an agent reads the same request out of them; else the request
 * in plain words.
 */
function descriptionOf(intent: WorkIntent): string {
  if (intent.kind === 'command') return intent.line
  const own = intent.words.charAt(0).toUpperCase() + intent.words.slice(1)
  return readsTheSame(own, intent) ? own : plainWords(intent)
}

function readsTheSame(text: string, intent: WorkIntent): boolean {
  const [first, ...more] = parseIntents(text)
  if (first === undefined || more.length > 0 || !isWork(first)) return false
  return isDeepStrictEqual(meaningOf(first), meaningOf(intent))
}

function meaningOf(intent: WorkIntent): object {
  const { words: _w, after: _a, priority: _p, timeoutMs: _t, repeat: _r, ...meaning } = intent
  return meaning
}

const GOALS: Readonly<Record<Goal, string>> = {
  test: 'Run the tests',
  e2e: 'Run the e2e tests',
  build: 'Build the project',
  lint: 'Run the linter',
  typecheck: 'Run the type check',
  format: 'Run the formatter',
  install: 'Install the dependencies',
  coverage: 'Run the coverage',
}

const FOCUSES: Readonly<Record<Focus, string>> = {
  largest: 'large files',
  languages: 'languages',
  directories: 'folder sizes',
  todos: 'TODOs',
  imports: 'import cycles',
  tests: 'test ratio',
  history: 'git history',
}

function plainWords(work: Work): string {
  switch (work.kind) {
    case 'command':
      return `Run \`${work.line}\``
    case 'goal':
      return `${GOALS[work.goal]}${inPlace(work.place)}`
    case 'script':
      return `Run the script ${work.name}`
    case 'survey': {
      const focus = work.focus.map((each) => FOCUSES[each]).join(', ')
      const where = work.place === null ? 'the workspace' : pathWord(work.place)
      return `Survey ${where}${focus === '' ? '' : ` for ${focus}`}`
    }
    case 'search':
      return `Search for ${quoted(work.query)}${inPlace(work.place)}`
    case 'compare':
      return `Compare ${quoted(work.left)} and ${quoted(work.right)}`
  }
}

function inPlace(place: Place | null): string {
  return place === null ? '' : ` in ${pathWord(place)}`
}

function pathWord({ path, certain }: Place): string {
  return certain && !/[/.]/.test(path) ? `the ${path} folder` : path
}

function quoted(text: string): string {
  return text.includes('"') ? `\`${text}\`` : `"${text}"`
}
