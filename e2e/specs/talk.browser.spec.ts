import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

async function say(page: Page, text: string): Promise<void> {
  const message = page.getByRole('textbox', { name: 'Message' })
  await message.fill(text)
  await message.press('Enter')
}

test('a message gets the answer of the model, and both are there after a reload', async ({
  page,
  model,
}) => {
  model.onMessage('hello', { content: 'Good **morning**, _Ada_.' })
  await say(page, 'hello')
  const answer = page.getByRole('article', { name: 'Assistant' })
  await expect(answer).toContainText('Good morning, Ada.')
  await expect(answer.getByText('morning', { exact: true })).toHaveCSS('font-weight', /[67]00/)
  await page.reload()
  await page.getByRole('region', { name: 'Conversations' }).getByText('hello').click()
  await expect(page.getByRole('article', { name: 'You' })).toContainText('hello')
  await expect(answer).toContainText('Good morning, Ada.')
})

test('a task runs in the background while the chat goes on, and its card comes', async ({
  page,
  model,
  place,
}) => {
  const hold = path.join(place.workspace, 'hold')
  writeFileSync(hold, '')
  model.on(
    { userMessage: 'start it', hasToolResult: false },
    {
      toolCalls: [
        {
          name: 'start_task',
          arguments: {
            description: 'wait for the gate',
            type: 'command',
            command: 'while [ -e hold ]; do sleep 0.05; done; echo the gate is open',
          },
        },
      ],
    },
  )
  model.on({ userMessage: 'start it', hasToolResult: true }, { content: 'It runs.' })
  model.onMessage('and now', { content: 'Still at your service.' })

  await say(page, 'start it')
  await expect(page.getByRole('article', { name: 'Assistant' })).toContainText('It runs.')
  const tasks = page.getByRole('region', { name: 'Tasks' })
  await expect(tasks.getByRole('heading', { name: 'Running (1)' })).toBeVisible()
  await expect(tasks.getByRole('button', { name: /wait for the gate/ })).toBeVisible()

  await say(page, 'and now')
  await expect(page.getByRole('article', { name: 'Assistant' }).last()).toContainText(
    'Still at your service.',
  )
  await expect(page.getByRole('article', { name: 'Task completed' })).toHaveCount(0)

  rmSync(hold)
  const card = page.getByRole('article', { name: 'Task completed' })
  await expect(card).toContainText('wait for the gate')
  await card.getByRole('button', { name: 'Open result' }).click()
  await expect(page.getByRole('article', { name: 'Result' })).toContainText('the gate is open')
})

test('a provider that fails is told of, and asked again when the person wants it', async ({
  page,
  model,
}) => {
  model.on(
    { userMessage: 'hello', sequenceIndex: 0 },
    { error: { message: 'the sky is grey', type: 'invalid_request_error' }, status: 400 },
  )
  model.on({ userMessage: 'hello' }, { content: 'Here I am.' })
  await say(page, 'hello')
  const failure = page.getByRole('alert').filter({ hasText: 'The reply failed.' })
  await expect(failure).toContainText('the sky is grey')
  await failure.getByRole('button', { name: 'Retry' }).click()
  await expect(page.getByRole('article', { name: 'Assistant' })).toContainText('Here I am.')
})
