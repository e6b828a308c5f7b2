import { describe, expect, it } from 'vitest'
import type { ModelMessage } from '../../model-client.js'
import { planLeadTurn } from './lead-turn.js'

const brief = (description: string) => ({ description, type: 'orchestration', agentType: 'lead' })

const ran = (content: string, isError = false): ModelMessage[] => [
  { role: 'assistant', content: [{ type: 'tool_use', id: 'p', name: 'run_plan', input: {} }] },
  { role: 'user', content: [{ type: 'tool_result', toolUseId: 'p', content, isError }] },
]

describe('the offline lead', () => {
  it('shares out what was asked for; what comes then waits for what comes before', () => {
    const turn = planLeadTurn(brief('lint and test, then run `echo done`'), [])
    expect(turn?.calls).toMatchObject([
      {
        name: 'run_plan',
        input: {
          parts: [
            { key: 'part-1', description: 'Lint', dependsOn: [] },
            { key: 'part-2', description: 'Test', dependsOn: [] },
            { key: 'part-3', description: 'Run `echo done`', dependsOn: ['part-1', 'part-2'] },
          ],
        },
      },
    ])
  })

  it('leaves a single thing to itself', () => {
    expect(planLeadTurn(brief('run the tests'), [])).toBeNull()
    expect(planLeadTurn(brief('make me happy'), [])).toBeNull()
  })

  it('reports what came of every part, with their headings one level down', () => {
    const content =
      'Round 1. All 1 parts are done.\n\n<part key="a" state="completed" task="task_1" agent="x">\nThe title\n\n# Report\n\ntext\n</part>'
    const [finish] = planLeadTurn(brief('lint and test'), ran(content))?.calls ?? []
    expect(finish).toMatchObject({ name: 'finish', input: { success: true } })
    const report = String(finish?.input['report'])
    expect(report).toContain('# All 1 parts are done.')
    expect(report).toContain('## The title — completed\n\nx, task_1\n\n### Report')
  })

  it('does not call done what is not', () => {
    const some = planLeadTurn(
      brief('lint and test'),
      ran('Round 1. 1 of 2 parts are done. The others are not; run…'),
    )
    expect(some?.calls[0]?.input).toMatchObject({ success: false })
    const refused = planLeadTurn(
      brief('lint and test'),
      ran('cancelled: the person rejected', true),
    )
    expect(refused?.calls[0]?.input).toMatchObject({
      success: false,
      report: expect.stringContaining('the person rejected'),
    })
  })
})
