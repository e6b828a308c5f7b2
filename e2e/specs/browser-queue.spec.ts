import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

const monitor = (page: Page) => page.getByRole('region', { name: 'Tasks' })

test('that the queue is drained is said at every width', async ({ page, rpc }) => {
  await rpc.call('queue.drain', {})
  const said = page.getByText('Takes no new tasks until it is resumed')
  const resume = page.getByRole('button', { name: 'Resume' })
  for (const width of [1280, 1000, 700, 360]) {
    await page.setViewportSize({ width, height: 800 })
    await expect(said).toBeInViewport({ ratio: 1 })
    await expect(resume).toBeInViewport({ ratio: 1 })
  }
  await resume.click()
  await expect(said).toBeHidden()
})

test('how far an estimate may be off is written out', async ({ page, rpc, place }) => {
  const hold = path.join(place.workspace, 'hold')
  writeFileSync(hold, '')
  await rpc.call('task.submit', {
    description: 'repeat',
    type: 'command',
    command: 'echo begun; while [ -e hold ]; do sleep 0.05; done',
    estimatedDuration: 100,
  })
  const row = monitor(page).getByRole('button', { name: /repeat.*, between \d+s and \d+/ })
  await row.click()
  const detail = page.getByRole('region', { name: 'Task', exact: true })
  await expect(detail.getByText(/, between \d+s and \d+/)).toBeInViewport({ ratio: 1 })
  rmSync(hold)
  await expect(detail).toContainText('Completed')
})
