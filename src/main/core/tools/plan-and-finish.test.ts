import { expect, it } from 'vitest'
import { ToolBench } from '../../../../test/support/tool-bench.js'

it('notes a plan', async () => {
  await using bench = await ToolBench.create()
  const steps = [
    { title: 'Look', state: 'done' },
    { title: 'Change', state: 'active' },
    { title: 'Check', state: 'pending' },
  ]
  expect(await bench.text('update_plan', { steps })).toBe('Plan noted: 1 of 3 steps done.')
  expect(bench.plans).toEqual([steps])
})

it.each([
  ['no step', []],
  ['two active steps', [1, 2].map((n) => ({ title: `${n}`, state: 'active' }))],
  ['too many steps', Array.from({ length: 51 }, (_, n) => ({ title: `${n}`, state: 'pending' }))],
  ['an unknown state', [{ title: 'a', state: 'running' }]],
  ['a step without title', [{ title: '', state: 'pending' }]],
])('refuses a plan with %s', async (_, steps) => {
  await using bench = await ToolBench.create()
  expect(await bench.error('update_plan', { steps })).toMatch(/^invalid_params: /)
  expect(bench.plans).toEqual([])
})

it('ends the run with a report', async () => {
  await using bench = await ToolBench.create()
  const outcome = await bench.run('finish', { success: false, report: '# It cannot be done' })
  expect(outcome).toEqual({
    content: 'Finished.',
    isError: false,
    finish: { success: false, report: '# It cannot be done' },
  })
  expect(await bench.error('finish', { success: true, report: '' })).toMatch(/^invalid_params: /)
})
