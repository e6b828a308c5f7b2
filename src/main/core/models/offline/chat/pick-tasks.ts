import type { Target } from '../words/intent.js'
import type { ListedTask } from './task-list.js'

/** Words by which people call the kinds of task, beside what their descriptions say. */
const CALLED: Readonly<Record<string, string>> = {
  build: 'build compile compilation',
  e2e_test: 'e2e end-to-end test tests playwright cypress',
  analysis: 'analysis',
  command: 'command',
  orchestration: 'orchestration team',
  'test-engineer': 'test tests unit suite',
  analyzer: 'survey analysis',
  researcher: 'search comparison research',
}

/** The tasks that a target means, newest first; an empty target means none in particular. */
export function matching(target: Target, tasks: readonly ListedTask[]): ListedTask[] {
  if (target.ids.length > 0) return tasks.filter((task) => target.ids.includes(task.id))
  const inState = tasks.filter((task) => target.state === null || task.state === target.state)
  if (target.words.length === 0) return target.last ? inState.slice(0, 1) : inState
  const scored = inState.map((task) => ({ task, score: scoreOf(task, target.words) }))
  const best = Math.max(0, ...scored.map(({ score }) => score))
  const found = scored.filter(({ score }) => score === best && best > 0).map(({ task }) => task)
  return target.last ? found.slice(0, 1) : found
}

function scoreOf(task: ListedTask, words: readonly string[]): number {
  const called = `${CALLED[task.type] ?? ''} ${CALLED[task.agentType] ?? ''}`
  const text = ` ${task.description} ${task.command ?? ''} ${called} `.toLowerCase()
  return words.filter((word) => text.includes(stemOf(word))).length
}

/** "tests" and "testing" find "test". */
function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|es|s)$/, '') : word
}

export function isPointed(target: Target): boolean {
  return target.ids.length > 0 || target.words.length > 0
}
