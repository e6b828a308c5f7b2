import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
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
  const row = monitor(page).getByRole('button', { name: /repeat.*Between \d+s and \d+/ })
  await row.click()
  const detail = page.getByRole('region', { name: 'Task', exact: true })
  await expect(detail.getByText(/^Between \d+s and \d+/)).toBeInViewport({ ratio: 1 })
  rmSync(hold)
  await expect(detail).toContainText('Completed')
})

test('what waits is cancelled once that was confirmed, and the queue is drained', async ({
  page,
  rpc,
}) => {
  await rpc.call('queue.pause', {})
  for (const description of ['wait a', 'wait b']) {
    await rpc.call('task.submit', { description, type: 'command', command: 'true' })
  }
  await rpc.call('task.submit', {
    description: 'every new year',
    type: 'command',
    command: 'true',
    cron: '0 0 1 1 *',
  })
  await expect(page.getByText('0 running · 3 waiting')).toBeVisible()
  const more = page.getByRole('button', { name: 'More for the queue' })
  await more.click()
  await page.getByRole('menuitem', { name: 'Cancel waiting tasks' }).click()
  const question = page.getByRole('alertdialog', { name: 'Cancel 2 waiting tasks?' })
  await checkAccessibility(page, 'the question before tasks are cancelled')
  await question.getByRole('button', { name: 'Keep' }).click()
  await expect(question).toBeHidden()
  await expect(page.getByText('0 running · 3 waiting')).toBeVisible()
  await more.click()
  await page.getByRole('menuitem', { name: 'Cancel waiting tasks' }).click()
  await question.getByRole('button', { name: 'Cancel 2 tasks' }).click()
  await expect(page.getByText('2 tasks cancelled')).toBeVisible()
  await expect(page.getByText('0 running · 1 waiting')).toBeVisible()
  await more.click()
  await expect(page.getByRole('menuitem', { name: 'Cancel waiting tasks' })).toBeDisabled()

  await page.getByRole('menuitem', { name: /Drain/ }).click()
  await expect(page.getByText('Takes no new tasks until it is resumed')).toBeVisible()
  expect(await rpc.call('queue.state', {})).toMatchObject({ draining: true })
  await more.click()
  await expect(page.getByRole('menuitem', { name: /Drain/ })).toBeDisabled()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
})
