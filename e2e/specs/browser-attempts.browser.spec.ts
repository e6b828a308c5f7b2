import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

const monitor = (page: Page) => page.getByRole('region', { name: 'Tasks' })
const row = (page: Page, name: RegExp) => monitor(page).getByRole('button', { name }).first()
const detail = (page: Page) => page.getByRole('region', { name: 'Task', exact: true })

test('every attempt tells when it was, how it ended, and what it put out', async ({
  page,
  rpc,
  place,
}) => {
  const hold = path.join(place.workspace, 'hold')
  const gate = path.join(place.workspace, 'gate')
  await rpc.call('task.submit', {
    description: 'needs the gate',
    type: 'command',
    command: "printf '\\033[31mtry\\033[0m\\n'; cat gate && while [ -e hold ]; do sleep 0.05; done",
  })
  await row(page, /needs the gate/).click()
  await expect(detail(page)).toContainText('command_failed')
  await page.getByRole('tab', { name: 'Attempts' }).click()
  const attempts = page.getByRole('list', { name: 'Attempts' }).getByRole('listitem')
  await expect(attempts).toHaveCount(1)
  await expect(attempts.first()).toContainText(/Attempt 1\s*Failed/)
  await expect(attempts.first()).toContainText('command_failed')
  await expect(attempts.first()).toContainText(/:\d\d.* to .*:\d\d.* · /)

  writeFileSync(gate, 'the gate is open')
  writeFileSync(hold, '')
  await detail(page).getByRole('button', { name: 'Retry' }).click()
  await expect(attempts).toHaveCount(2)
  await expect(attempts.last()).toContainText(/Attempt 2\s*Running/)
  await checkAccessibility(page, 'a running attempt after a failed one')
  await attempts.last().getByRole('button', { name: 'Show its output as it comes' }).click()
  await expect(page.getByRole('log', { name: 'Output' })).toContainText('the gate is open')
  await page.getByRole('tab', { name: 'Attempts (2)' }).click()
  rmSync(hold)
  await expect(attempts.last()).toContainText(/Attempt 2\s*Completed/)
  // No event carries it, and nobody has loaded the page anew.
  await expect(detail(page)).toContainText(/Peak memory\s*\d+ MB/)

  await attempts.first().getByRole('button', { name: 'Output of attempt 1' }).press('Enter')
  const first = page.getByRole('region', { name: 'Output of attempt 1' })
  await expect(first).toContainText('No such file')
  await expect(first).not.toContainText('the gate is open')
  await expect(first.getByText('try', { exact: true })).toHaveAttribute('style', /ansi-1/)
  await attempts.last().getByRole('button', { name: 'Output of attempt 2' }).click()
  const second = page.getByRole('region', { name: 'Output of attempt 2' })
  await expect(second).toContainText('the gate is open')
  await expect(second).not.toContainText('No such file')
  await checkAccessibility(page, 'attempts with their output')
})

test('a waiting task is moved in the line by its priority', async ({ page, rpc }) => {
  await rpc.call('queue.pause', {})
  for (const description of ['early', 'late']) {
    await rpc.call('task.submit', { description, type: 'command', command: 'true' })
  }
  const lines = monitor(page).getByRole('button', { name: /early|late/ })
  await expect(lines).toHaveText([/early/, /late/])
  await row(page, /late/).click()
  await page.getByRole('tab', { name: 'Attempts' }).click()
  await expect(detail(page)).toContainText('It has not been tried yet')
  await detail(page).getByRole('combobox', { name: 'Priority' }).selectOption('9')
  await checkAccessibility(page, 'a waiting task')
  await page.getByRole('button', { name: 'All tasks' }).click()
  await expect(lines).toHaveText([/late/, /early/])
  const { tasks } = await rpc.call('task.list', { query: 'late' })
  expect(tasks.map((task) => task.priority)).toEqual([9])
})
