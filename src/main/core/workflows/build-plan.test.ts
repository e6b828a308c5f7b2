import { expect, it } from 'vitest'
import { Workflow } from '../../../shared/model/workflow.js'
import { buildPlan } from './build-plan.js'

const input = (name: string, rest: object = {}) => ({
  name,
  description: '',
  required: true,
  ...rest,
})
const part = (key: string, rest: object = {}) => ({ key, title: key, description: key, ...rest })
const workflow = (rest: object) =>
  Workflow.parse({
    name: 'w',
    description: '',
    inputs: [],
    goal: 'g',
    parts: [part('a')],
    source: 'user',
    path: '/w.yaml',
    ...rest,
  })

it('every input that is missing or unknown is named', () => {
  const made = workflow({ inputs: [input('one'), input('two'), input('opt', { required: false })] })
  expect(() => buildPlan(made, { two: ' ', three: 'x', constructor: 'y' })).toThrow(
    'inputs: missing: one, two; unknown: three, constructor; the workflow "w" takes one, two, opt (optional)',
  )
})

it('values are put in quotes in commands, except such that are commands', () => {
  const made = workflow({
    inputs: [input('file'), input('test', { required: false, default: 'npm test', command: true })],
    goal: 'mend {{file}}',
    parts: [
      part('a', {
        checks: ['grep x {{file}} && {{test}}', { kind: 'file', path: 'src/{{file}}' }],
      }),
    ],
  })
  const plan = buildPlan(made, { file: "a'; rm -rf ~; '" })
  expect(plan.goal).toBe("mend a'; rm -rf ~; '")
  expect(plan.parts[0]?.checks).toEqual([
    { kind: 'command', command: `grep x 'a'\\''; rm -rf ~; '\\''' && npm test` },
    { kind: 'file', path: "src/a'; rm -rf ~; '" },
  ])
  expect(() => buildPlan(made, { file: 'a\nb' })).toThrow(/must be one line/)
  expect(() => buildPlan(made, { file: '../../etc/passwd' })).toThrow(/must lie in the workspace/)
})

it('what waits for a part that is left out waits for what that waited for', () => {
  const made = workflow({
    inputs: [input('more', { required: false })],
    parts: [
      part('a'),
      part('b', { when: 'more', dependsOn: ['a'] }),
      part('c', { when: 'more', dependsOn: ['b'] }),
      part('d', { dependsOn: ['a', 'c'] }),
    ],
  })
  expect(buildPlan(made, {}).parts).toMatchObject([{ key: 'a' }, { key: 'd', dependsOn: ['a'] }])
  expect(buildPlan(made, { more: 'x' }).parts).toHaveLength(4)
  const none = workflow({ inputs: made.inputs, parts: [part('a', { when: 'more' })] })
  expect(() => buildPlan(none, {})).toThrow(/is no plan: parts/)
})

it('a text that is too long once it is filled in is refused with its place', () => {
  const made = workflow({ inputs: [input('x')], parts: [part('a', { title: 'do {{x}}' })] })
  expect(() => buildPlan(made, { x: 'y'.repeat(300) })).toThrow(/parts\.0\.title/)
})
