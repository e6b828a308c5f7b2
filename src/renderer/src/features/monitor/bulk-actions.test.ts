import { type ToastT, toast } from 'sonner'
import { expect, it } from 'vitest'
import { TaskId } from '../../../../shared/model/ids.js'
import type { TaskView } from '../../../../shared/model/task.js'
import type { ParamsOf, ResultOf } from '../../../../shared/rpc/contract.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import type { Host } from '../../app/host.js'
import { actOnAll } from './bulk-actions.js'

type Change = (params: ParamsOf<'task.changeMany'>) => ResultOf<'task.changeMany'>

const tasks = Array.from({ length: 700 }, (_, index) => {
  return { id: TaskId.parse(`task_${index}`), description: `No. ${index}` } as TaskView
})

/** What is said after the answers of the host, one to each request. */
async function saidAfter(...answers: readonly Change[]) {
  const left = [...answers]
  const call = async (_method: string, params: ParamsOf<'task.changeMany'>) =>
    left.shift()?.(params)
  const isAllKnown = await actOnAll({ call } as unknown as Host, tasks, { kind: 'cancel' })
  const { title, description, type } = toast.getHistory().at(-1) as ToastT
  return { isAllKnown, title, description, isError: type === 'error' }
}

const done: Change = ({ taskIds }) => ({
  results: taskIds.map((id) => ({ taskId: TaskId.parse(id), state: 'cancelled' })),
})

const lastRefuses: Change = ({ taskIds }) => ({
  results: taskIds.map((id, index) => {
    const taskId = TaskId.parse(id)
    if (index < taskIds.length - 1) return { taskId, state: 'cancelled' }
    return { taskId, error: { code: 'invalid_state', message: 'It has ended.' } }
  }),
})

const breaks: Change = () => {
  throw new AppError('cancelled', 'The connection broke.')
}

const BROKE = 'The connection broke. Try again when the connection is back.'

it('counts what was changed, and names what refused', async () => {
  expect(await saidAfter(done, done)).toMatchObject({
    isAllKnown: true,
    title: '700 tasks changed',
  })
  expect(await saidAfter(lastRefuses, done)).toEqual({
    ...{ isAllKnown: true, isError: true, title: '1 of 700 tasks could not be changed' },
    description: 'No. 499: It has ended.',
  })
})

it('claims of no task that it was not changed when its request got no answer', async () => {
  expect(await saidAfter(done, breaks)).toEqual({
    ...{ isAllKnown: false, isError: true, description: BROKE },
    title: 'It is not known whether 200 of 700 tasks were changed',
  })
  expect(await saidAfter(breaks, lastRefuses)).toEqual({
    ...{ isAllKnown: false, isError: true, title: '1 of 700 tasks could not be changed' },
    description: [
      'It is not known whether 500 of 700 tasks were changed',
      ...[BROKE, 'No. 699: It has ended.'],
    ].join('\n'),
  })
})
