import type { CDPSession, Page } from '@playwright/test'
import type { ConversationId } from '../../src/shared/model/ids.js'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

/** Each brings what some ten minutes of work bring: tasks that print and end, and replies. */
const ROUNDS = 8
const TASKS = 60
const REPLIES = 3
/** Rounds before what is loaded late is loaded, and stores that are bounded are full. */
const WARM_UP = 3
/** What tasks and messages that are shown may take; a leak of views or listeners takes more. */
const MOST_GROWTH_PER_ROUND = 1.5 * 1024 * 1024

test('an hour of events in minutes leaves no memory behind', async ({ page, rpc, model }) => {
  test.setTimeout(600_000)
  model.onMessage(/./, { content: 'One, two, three, **four**. '.repeat(300) }, { chunkSize: 40 })
  const { conversationId } = await rpc.call('chat.create', { title: 'Soak' })
  await page.getByRole('region', { name: 'Conversations' }).getByText('Soak').click()
  const session = await page.context().newCDPSession(page)
  const heaps: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await work(rpc, conversationId)
    await lookAround(page)
    heaps.push(await heapOf(session))
  }
  const [first = 0, ...later] = heaps.slice(WARM_UP)
  const perRound = ((later.at(-1) ?? 0) - first) / later.length
  const shown = heaps.map((bytes) => (bytes / 1024 / 1024).toFixed(1)).join(', ')
  console.log(
    `heap after each round, MB: ${shown}; growth ${(perRound / 1024).toFixed(0)} KB a round`,
  )
  expect(perRound).toBeLessThan(MOST_GROWTH_PER_ROUND)
})

async function work(rpc: RpcClient, conversationId: ConversationId): Promise<void> {
  const tasks = Array.from({ length: TASKS }, (_, n) =>
    rpc.call('task.submit', {
      type: 'command',
      description: `soak ${n}`,
      command: 'seq 1 2000',
    }),
  )
  const replies = Array.from({ length: REPLIES }, () =>
    rpc.call('chat.send', { conversationId, text: 'count' }),
  )
  const ids = (await Promise.all(tasks)).map(({ taskId }) => taskId)
  await Promise.all(replies)
  for (const taskId of ids) await rpc.call('task.result', { taskId, waitMs: 60_000 })
  await expect
    .poll(async () => (await rpc.call('chat.list', {})).conversations.some(({ busy }) => busy), {
      timeout: 60_000,
    })
    .toBe(false)
}

/** Every area is drawn and taken away again. */
async function lookAround(page: Page): Promise<void> {
  const areas = page.getByRole('navigation', { name: 'Areas' })
  for (const name of ['Tasks', 'History', 'Dashboard', 'Inbox', 'Chat']) {
    await areas.getByRole('button', { name }).click()
    await expect(page.locator('main section').first()).toBeVisible()
  }
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize
}
