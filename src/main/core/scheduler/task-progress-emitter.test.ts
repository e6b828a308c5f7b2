import { expect, it } from 'vitest'
import { QueueBench } from '../../../../test/support/queue-bench.js'
import {
  type TaskCompletion,
  type TaskFailure,
  TaskProgressEmitter,
} from './task-progress-emitter.js'

it('tells of progress and ends, of all tasks and of one', async () => {
  const bench = new QueueBench()
  await bench.start()
  const emitter = new TaskProgressEmitter(bench.log, bench.logger)
  const heard: string[] = []
  const id = await bench.submit()
  emitter.on('progress', () => {
    throw new Error('a faulty listener')
  })
  emitter.on('progress', ({ taskId, step }: { taskId: string; step: string }) =>
    heard.push(`progress ${taskId} ${step}`),
  )
  emitter.onProgress(id, ({ progress }) => heard.push(`of one ${progress}`))
  emitter.onComplete(id, ({ output }) => heard.push(`done ${String(output)}`))
  emitter.on('complete', ({ taskId }: TaskCompletion) => heard.push(`complete ${taskId}`))
  emitter.on('cancelled', ({ taskId, error }: TaskFailure) => heard.push(`${taskId} ${error.code}`))
  bench.executor.running.get(id)?.context.setPlan([{ title: 'look', state: 'active' }])
  bench.executor.end(id)
  await bench.settle()
  const other = await bench.submit()
  await bench.during(bench.queue.cancel(other))
  expect(heard).toEqual([
    'of one 0',
    `progress ${id} look`,
    'done done',
    `complete ${id}`,
    `${other} cancelled`,
  ])
  expect(bench.logger.messages('error')).toEqual(['a listener of task progress threw'])
  emitter.close()
  await bench.during(bench.queue.cancel(await bench.submit()))
  expect(heard).toHaveLength(5)
})
