import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NotifyBench } from '../../../../test/support/notify-bench.js'
import type { Blocker } from '../../../shared/model/blocker.js'
import type { TaskId } from '../../../shared/model/ids.js'
import type { Notification } from '../../../shared/model/notification.js'
import { NotificationStrategy } from '../../../shared/model/preferences.js'

const THROTTLE_MS = 3000

type Act =
  | { readonly kind: 'progress'; readonly tree: number; readonly progress: number }
  | { readonly kind: 'end' | 'endChild' | 'ask' | 'answer'; readonly tree: number }
  | { readonly kind: 'pass'; readonly ms: number }

const tree = fc.nat({ max: 2 })
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('progress' as const), tree, progress: fc.nat({ max: 100 }) }),
  fc.record({ kind: fc.constantFrom('end', 'endChild', 'ask', 'answer'), tree }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 4000 }) }),
)

interface Tree {
  readonly root: TaskId
  readonly child: TaskId
  questions: Blocker[]
  isRootOpen: boolean
  isChildOpen: boolean
}

/** Three trees of a root and a child, to which things happen. */
function play(acts: readonly Act[], strategy: NotificationStrategy, restartAfter: number | null) {
  const bench = new NotifyBench()
  bench.prefer({ strategy, minProgressDelta: 5, throttleMs: THROTTLE_MS })
  const trees = Array.from({ length: 3 }, (): Tree => {
    const root = bench.task()
    const child = bench.task(null, root)
    return { root, child, questions: [], isRootOpen: true, isChildOpen: true }
  })
  let asked = 0
  acts.forEach((step, index) => {
    if (step.kind === 'pass') bench.clock.advance(step.ms)
    else asked += happen(bench, trees[step.tree] as Tree, step)
    if (index === restartAfter) bench.restart()
  })
  bench.clock.advance(60_000)
  const { told, kept } = bench
  bench.close()
  return { told, kept, trees, asked }
}

function happen(bench: NotifyBench, tree: Tree, step: Exclude<Act, { kind: 'pass' }>): number {
  if (step.kind === 'progress' && tree.isRootOpen) bench.progress(tree.root, step.progress)
  if (step.kind === 'end' && tree.isRootOpen) {
    bench.end(tree.root)
    tree.isRootOpen = false
  }
  if (step.kind === 'endChild' && tree.isChildOpen) {
    bench.end(tree.child)
    tree.isChildOpen = false
  }
  if (step.kind === 'answer')
    for (const question of tree.questions.splice(0)) bench.answer(question)
  if (step.kind !== 'ask' || !tree.isChildOpen) return 0
  tree.questions.push(bench.ask(tree.child))
  // A moment, in which nobody answers.
  bench.clock.advance(200)
  return 1
}

const of = (told: readonly Notification[], kind: Notification['kind'], id?: TaskId) =>
  told.filter((one) => one.kind === kind && (id === undefined || one.taskId === id))

const runs = fc.array(act, { maxLength: 40 })
const strategies = fc.constantFrom(...NotificationStrategy.options)
const restarts = fc.option(fc.nat({ max: 40 }))

it('tells the progress of a task at most once in the time that it names', () => {
  fc.assert(
    fc.property(runs, strategies, restarts, (acts, strategy, restart) => {
      const { told, trees } = play(acts, strategy, restart)
      for (const { root } of trees) {
        const times = of(told, 'progress', root).map(({ createdAt }) => createdAt)
        times.forEach((at, index) => {
          if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(THROTTLE_MS)
        })
      }
    }),
    { numRuns: 25 },
  )
})

it('asks every question, and tells one end of each tree that is over', () => {
  fc.assert(
    fc.property(runs, strategies, restarts, (acts, strategy, restart) => {
      const { told, kept, trees, asked } = play(acts, strategy, restart)
      expect(of(told, 'question')).toHaveLength(asked)
      const over = trees.filter(({ isRootOpen, isChildOpen }) => !isRootOpen && !isChildOpen)
      const ends = kept.filter(({ kind }) => kind === 'completed' || kind === 'summary')
      const counted = ends.reduce((sum, { count }) => sum + count, 0)
      expect(counted).toBe(strategy === 'silent' ? 0 : over.length)
    }),
    { numRuns: 25 },
  )
})

it('says nothing of silent tasks but what they ask', () => {
  fc.assert(
    fc.property(runs, restarts, (acts, restart) => {
      const { told } = play(acts, 'silent', restart)
      expect(told.filter(({ needsAnswer }) => !needsAnswer)).toEqual([])
    }),
    { numRuns: 15 },
  )
})

it('says the same with and without a restart in between', () => {
  const said = ({ told }: { readonly told: readonly Notification[] }) =>
    told.map(({ title, taskId }) => [title, taskId])
  fc.assert(
    fc.property(runs, strategies, fc.nat({ max: 40 }), (acts, strategy, restart) => {
      // Each step is looked at before the next, so that only the restart makes a difference.
      const calm = acts.flatMap((step): Act[] => [step, { kind: 'pass', ms: 150 }])
      const without = play(calm, strategy, null)
      const hasRestart = play(calm, strategy, restart)
      expect(said(hasRestart)).toEqual(said(without))
    }),
    { numRuns: 25 },
  )
})
