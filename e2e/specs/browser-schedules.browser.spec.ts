import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

const recurring = (page: Page) => page.getByRole('region', { name: 'Recurring tasks' })
const rowsOf = (page: Page) => recurring(page).getByRole('listitem')
const NEW_YEAR = { cron: '0 0 1 1 *', timezone: 'Europe/Berlin', type: 'command' } as const

test('recurring tasks are listed, paused, run and deleted, and followed live', async ({
  page,
  rpc,
  place,
}) => {
  const hold = path.join(place.workspace, 'hold')
  writeFileSync(hold, '')
  await page.getByRole('button', { name: 'Recurring', exact: true }).click()
  await expect(recurring(page)).toContainText('Nothing comes back by itself')
  await checkAccessibility(page, 'no recurring tasks')
  await rpc.call('task.submit', {
    ...NEW_YEAR,
    description: 'greet the year',
    command: 'while [ -e hold ]; do sleep 0.05; done',
  })
  await rpc.call('task.submit', { ...NEW_YEAR, description: 'count it', command: 'true' })
  await expect(rowsOf(page)).toHaveText([/greet the year/, /count it/])
  const row = rowsOf(page).filter({ hasText: 'greet the year' })
  await expect(row).toContainText('0 0 1 1 *')
  await expect(row).toContainText('Europe/Berlin')
  await expect(row).toContainText('Next run')
  await expect(row).toContainText('It has not run yet')

  await row.getByRole('button', { name: 'Pause' }).click()
  await expect(row).toContainText('Paused')
  await row.getByRole('button', { name: 'Resume' }).click()
  await expect(row).toContainText('Next run')
  const { schedules } = await rpc.call('schedule.list', {})
  expect(schedules.map(({ paused }) => paused)).toEqual([false, false])
  const counts = schedules.filter(({ description }) => description === 'count it')
  for (const { scheduleId } of counts) await rpc.call('schedule.pause', { scheduleId })
  await expect(rowsOf(page).last()).toContainText('Paused')

  await row.getByRole('button', { name: 'Run now' }).click()
  await expect(row.getByRole('button', { name: 'Running' })).toBeVisible()
  await expect(row).toContainText('1 run so far')
  await expect(row.getByRole('button', { name: 'Run now' })).toBeDisabled()
  await checkAccessibility(page, 'recurring tasks, one paused and one running')
  await row.getByRole('button', { name: 'Running' }).click()
  const detail = page.getByRole('region', { name: 'Task', exact: true })
  await expect(detail).toContainText('greet the year')
  await detail.getByRole('button', { name: 'Recurring tasks' }).click()
  rmSync(hold)
  await expect(row.getByRole('button', { name: /^Completed/ })).toBeVisible()

  await row.getByRole('button', { name: 'Delete' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete this recurring task?' })
  await expect(question).toContainText('greet the year')
  await checkAccessibility(page, 'the question before a recurring task is deleted')
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(rowsOf(page)).toHaveCount(2)
  await row.getByRole('button', { name: 'Delete' }).click()
  await question.getByRole('button', { name: 'Delete' }).click()
  await expect(rowsOf(page)).toHaveText([/count it/])
  await expect(recurring(page)).toBeFocused()
  for (const { scheduleId } of counts) await rpc.call('schedule.delete', { scheduleId })
  await expect(recurring(page)).toContainText('Nothing comes back by itself')

  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Recurring', exact: true })).toBeFocused()
})
