import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

const monitor = (page: Page) => page.getByRole('region', { name: 'Tasks' })
const row = (page: Page, name: RegExp) => monitor(page).getByRole('button', { name }).first()

test('output is live, coloured, and complete when the task is opened late', async ({
  page,
  rpc,
  place,
}) => {
  const hold = path.join(place.workspace, 'hold')
  writeFileSync(hold, '')
  await rpc.call('task.submit', {
    description: 'print lines',
    type: 'command',
    command:
      "printf '\\033[32mgreen\\033[0m first\\n10 %%\\r99 %%\\n'; while [ -e hold ]; do sleep 0.05; done; echo last",
  })
  await row(page, /print lines/).click()
  await page.getByRole('tab', { name: 'Output' }).click()
  const output = page.getByRole('log', { name: 'Output' })
  await expect(output).toContainText('green first')
  await expect(output.getByText('green', { exact: true })).toHaveAttribute('style', /ansi-2/)
  await expect(output).not.toContainText('10 %')
  await expect(output).not.toContainText('last')
  rmSync(hold)
  await expect(output).toContainText('last')
  await page.getByRole('tab', { name: 'Result' }).click()
  const result = page.getByRole('article', { name: 'Result' })
  await expect(result).toContainText('green first')
  await expect(result).not.toContainText('\u001b')
})

test('an output that is not text says so, above the log and above the result', async ({
  page,
  rpc,
}) => {
  const command = String.raw`printf 'PNG \377\330 end\n'`
  const { taskId } = await rpc.call('task.submit', {
    ...{ description: 'print a picture', type: 'command', command },
  })
  await rpc.call('task.result', { taskId, waitMs: 20_000 })
  await page.locator(`[data-task="${taskId}"]`).click()
  const note = page.getByRole('note').filter({ hasText: 'Not all of this is text' })
  for (const tab of ['Output', 'Result']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(note).toHaveCount(1)
    await expect(note).toBeVisible()
  }
})

test('a paused queue says why tasks wait, lets one run, and goes on', async ({ page, rpc }) => {
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('The queue is paused').first()).toBeVisible()
  for (const description of ['wait a', 'wait b']) {
    await rpc.call('task.submit', { description, type: 'command', command: 'true' })
  }
  await expect(monitor(page).getByRole('heading', { name: 'Waiting (2)' })).toBeVisible()
  await expect(page.getByText('0 running · 2 waiting')).toBeVisible()
  await row(page, /wait a/).hover()
  await monitor(page).getByRole('button', { name: 'Run now' }).first().click()
  await expect(monitor(page).getByRole('heading', { name: 'Finished (1)' })).toBeVisible()
  await expect(page.getByText('0 running · 1 waiting')).toBeVisible()
  await page.getByRole('button', { name: 'Resume' }).click()
  await expect(monitor(page).getByRole('heading', { name: 'Finished (2)' })).toBeVisible()
})

test('a failure says what happened and can be tried again; a running task is cancelled', async ({
  page,
  rpc,
  place,
}) => {
  const gate = path.join(place.workspace, 'gate')
  await rpc.call('task.submit', {
    description: 'needs the gate',
    type: 'command',
    command: 'cat gate && sleep 600',
  })
  await row(page, /needs the gate/).click()
  const detail = page.getByRole('region', { name: 'Task', exact: true })
  await expect(detail).toContainText('command_failed')
  writeFileSync(gate, 'open')
  await detail.getByRole('button', { name: 'Retry' }).click()
  await expect(detail).toContainText('Running')
  await detail.getByRole('button', { name: 'Cancel' }).click()
  await expect(detail).toContainText(/Cancelled (after|within)/)
})

test('the list is filtered, and used by keyboard alone', async ({ page, rpc }) => {
  for (const description of ['alpha one', 'alpha two', 'beta']) {
    const { taskId } = await rpc.call('task.submit', {
      description,
      type: 'command',
      command: 'true',
    })
    await rpc.call('task.result', { taskId, waitMs: 10_000 })
  }
  await page.getByRole('searchbox', { name: 'Filter tasks' }).fill('alpha')
  await expect(monitor(page).getByRole('heading', { name: 'Finished (2)' })).toBeVisible()
  await page.keyboard.press('Alt+3')
  await expect(row(page, /alpha two/)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, /alpha one/)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'alpha one' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(monitor(page)).toBeVisible()
  await page.keyboard.press('Alt+2')
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()
})

test('a task is found by what it printed', async ({ page, rpc }) => {
  for (const [description, command] of [
    ['gamma', 'echo "the %_"secret" outcome"'],
    ['delta', 'echo nothing'],
  ] as const) {
    const { taskId } = await rpc.call('task.submit', { description, type: 'command', command })
    await rpc.call('task.result', { taskId, waitMs: 10_000 })
  }
  await page.getByRole('searchbox', { name: 'Filter tasks' }).fill('%_"SECRET"')
  await expect(row(page, /gamma/)).toBeVisible()
  await expect(monitor(page).getByRole('heading', { name: 'Finished (1)' })).toBeVisible()
})
