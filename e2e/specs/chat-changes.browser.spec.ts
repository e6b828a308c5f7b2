import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

const message = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true })
const replies = (page: Page) => page.getByRole('article', { name: 'Assistant' })
const own = (page: Page) => page.getByRole('article', { name: 'You' })

async function say(page: Page, text: string): Promise<void> {
  await message(page).fill(text)
  await message(page).press('Enter')
}

test('a message is said differently in a branch, which leads back to where it came from', async ({
  page,
  model,
}) => {
  model.onMessage('first', { content: 'One.' })
  model.onMessage('second', { content: 'Two.' })
  model.onMessage('other words', { content: 'Three.' })
  await say(page, 'first')
  await expect(replies(page)).toContainText('One.')
  await say(page, 'second')
  await expect(replies(page).last()).toContainText('Two.')
  await own(page).last().hover()
  await own(page).last().getByRole('button', { name: 'Edit and send again' }).click()
  const field = page.getByRole('textbox', { name: 'Other words for this message' })
  await field.fill('other words')
  // Half a change is kept over a reload of the window.
  await page.reload()
  await own(page).last().hover()
  await own(page).last().getByRole('button', { name: 'Edit and send again' }).click()
  await expect(field).toHaveValue('other words')
  await checkAccessibility(page, 'a message that is being said differently')
  await field.press('Enter')
  await expect(replies(page).last()).toContainText('Three.')
  await expect(own(page)).toHaveText([/first/, /other words/])
  await page.getByRole('button', { name: /Goes on from/ }).click()
  await expect(own(page)).toHaveText([/first/, /second/])
  await expect(replies(page).last()).toContainText('Two.')
  await replies(page).first().hover()
  await replies(page)
    .first()
    .getByRole('button', { name: /Go on from here/ })
    .click()
  await expect(own(page)).toHaveText([/first/])
})

test('what waits behind a reply is changed, moved, taken back and answered at once', async ({
  page,
  model,
}) => {
  model.onMessage(
    'count',
    { content: 'one two three '.repeat(2000) },
    { latency: 20, chunkSize: 4 },
  )
  model.onMessage('bravo', { content: 'B.' })
  model.onMessage('alpha', { content: 'A.' })
  await say(page, 'count')
  await expect(replies(page).first()).toContainText('one two')
  const queue = page.getByRole('region', { name: 'Queued messages' })
  const rows = queue.getByRole('listitem')
  for (const text of ['alfa', 'bravo']) {
    await say(page, text)
    await expect(message(page)).toHaveValue('')
  }
  // One that is open takes the focus once, and not again when the others change.
  await rows.first().getByRole('button', { name: 'Edit message' }).click()
  await expect(queue.getByRole('textbox')).toBeFocused()
  await say(page, 'charlie')
  await expect(message(page)).toHaveValue('')
  await expect(rows).toHaveCount(3)
  await expect(message(page)).toBeFocused()
  await queue.getByRole('textbox').press('Escape')
  await expect(rows).toHaveText(['alfa', 'bravo', 'charlie'])
  await checkAccessibility(page, 'messages that wait')
  await rows.first().getByRole('button', { name: 'Edit message' }).click()
  await queue.getByRole('textbox').fill('alpha')
  await queue.getByRole('textbox').press('Enter')
  await expect(rows).toHaveText(['alpha', 'bravo', 'charlie'])
  await rows.nth(1).getByRole('button', { name: 'Answer earlier' }).click()
  await expect(rows).toHaveText(['bravo', 'alpha', 'charlie'])
  await rows.last().getByRole('button', { name: 'Take back' }).click()
  await expect(rows).toHaveText(['bravo', 'alpha'])
  // What was taken back can be changed and said again, or comes back as it was.
  await expect(message(page)).toHaveValue('charlie')
  await expect(message(page)).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveText(['bravo', 'alpha', 'charlie'])
  await expect(message(page)).toHaveValue('')
  await message(page).fill('another thought')
  await rows.last().getByRole('button', { name: 'Take back' }).click()
  await expect(rows).toHaveText(['bravo', 'alpha'])
  await expect(message(page)).toHaveValue('another thought')
  await rows
    .nth(1)
    .getByRole('button', { name: /Send now/ })
    .click()
  await expect(replies(page).nth(1)).toContainText('A.')
  await expect(replies(page).nth(2)).toContainText('B.')
  await expect(queue).toHaveCount(0)
})

test('files are pointed at with @, by keyboard, and what they say reaches the model', async ({
  page,
  model,
  place,
}) => {
  mkdirSync(path.join(place.workspace, 'docs'), { recursive: true })
  writeFileSync(path.join(place.workspace, 'docs', 'recipe.md'), 'Take two eggs.')
  model.onMessage(/recipe/, { content: 'An omelette.' })
  await message(page).pressSequentially('explain @recip')
  const list = page.getByRole('listbox', { name: 'What @ can point at' })
  await expect(list.getByRole('option', { name: /recipe.md/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await message(page).press('Enter')
  await expect(message(page)).toHaveValue('explain @docs/recipe.md ')
  await message(page).press('Enter')
  await expect(replies(page)).toContainText('An omelette.')
  await expect(own(page)).toContainText('docs/recipe.md')
  expect(JSON.stringify(model.getRequests())).toContain('Take two eggs.')
  await message(page).pressSequentially('@')
  await expect(list).toBeVisible()
  await checkAccessibility(page, 'what can be pointed at')
  await message(page).press('Escape')
  await expect(list).toHaveCount(0)
  await expect(message(page)).toHaveValue('@')
})

test('a text is found in a long chat, also where it is not loaded', async ({
  page,
  rpc,
  model,
}) => {
  model.onMessage(/./, { content: 'Noted.' })
  const { conversationId } = await rpc.call('chat.create', { title: 'Long' })
  for (let n = 0; n < 70; n++) {
    await rpc.call('chat.send', { conversationId, text: n === 3 ? 'the needle' : `straw ${n}` })
  }
  await expect
    .poll(async () => (await rpc.call('chat.queue.list', { conversationId })).messages.length)
    .toBe(0)
  await page.reload()
  await page.getByRole('region', { name: 'Conversations' }).getByText('Long').click()
  await expect(page.getByText('straw 69')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+f')
  const bar = page.getByRole('search', { name: 'Find in this chat' })
  await bar.getByRole('textbox').fill('NEEDLE')
  await expect(bar).toContainText('1 of 1')
  await expect(page.getByText('the needle')).toBeInViewport()
  await checkAccessibility(page, 'the search in a chat')
  await bar.getByRole('textbox').press('Escape')
  await expect(bar).toHaveCount(0)
})

test('every hit in a chat is counted, and each of them led to', async ({ page, rpc, model }) => {
  const rows = Array.from({ length: 80 }, (_, n) => `Row ${n} of the list.`).join('\n\n')
  const content = `The **need**le is here.\n\n${rows}\n\nAnd here: [more](https://needle.example), needle.`
  model.onMessage(/./, { content })
  const { conversationId } = await rpc.call('chat.create', { title: 'Hits' })
  await rpc.call('chat.send', { conversationId, text: 'a needle' })
  await page.getByRole('region', { name: 'Conversations' }).getByText('Hits').click()
  await expect(page.getByText('And here:')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+f')
  const bar = page.getByRole('search', { name: 'Find in this chat' })
  await bar.getByRole('textbox').fill('needle')
  await expect(bar).toContainText('1 of 3')
  await expect(page.getByText('And here:')).toBeInViewport()
  await bar.getByRole('textbox').press('Enter')
  await expect(bar).toContainText('2 of 3')
  await expect(page.getByText('is here.')).toBeInViewport()
  await bar.getByRole('button', { name: 'Earlier match' }).click()
  await expect(bar).toContainText('3 of 3')
  await expect(page.getByText('a needle')).toBeInViewport()
  await bar.getByRole('textbox').press('Shift+Enter')
  await expect(bar).toContainText('2 of 3')
})

test('nothing in a text is run or fetched, and a long one is folded', async ({ page, model }) => {
  const outside: string[] = []
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') outside.push(request.url())
  })
  const content = [
    '<script>document.title = "broken"</script>',
    '<img src="http://example.com/a.png" onerror="document.title = \'broken\'">',
    '![remote](http://example.com/b.png) ![data](data:image/svg+xml,<svg onload=alert(1)>)',
    '<iframe src="http://example.com/"></iframe>',
    '[click](javascript:alert(1)) <a href="javascript:alert(1)">a</a>',
    'שלום עולם 👩‍👩‍👧‍👦',
    `\`\`\`js\n${Array.from({ length: 10_000 }, (_, n) => `line(${n})`).join('\n')}\n\`\`\``,
  ].join('\n\n')
  model.onMessage('bad', { content })
  await say(page, 'bad')
  await expect(replies(page)).toContainText('line(9999)')
  await expect(replies(page)).toHaveAttribute('aria-busy', 'false')
  await expect(replies(page).locator('img, iframe, script')).toHaveCount(0)
  await expect(replies(page).getByText('שלום')).toHaveAttribute('dir', 'auto')
  expect(await page.title()).not.toBe('broken')
  expect(outside).toEqual([])
  const height = await replies(page).evaluate((element) => element.scrollHeight)
  expect(height).toBeLessThan(2000)

  model.onMessage(/^x+/, { content: 'Long.' })
  await say(page, 'x'.repeat(1_000_000))
  await expect(replies(page).last()).toContainText('Long.')
  await expect(
    own(page)
      .last()
      .getByRole('button', { name: /Show more/ }),
  ).toBeVisible()
  expect((await own(page).last().innerText()).length).toBeLessThan(20_000)
})

test('a window that is loaded anew in the middle of a reply loses and doubles nothing', async ({
  page,
  model,
}) => {
  // Rows out of sight are not in the page.
  await page.setViewportSize({ width: 1280, height: 2400 })
  const words = Array.from({ length: 400 }, (_, n) => `word${n}`)
  model.onMessage('count', { content: words.join(' ') }, { latency: 15, chunkSize: 8 })
  model.onMessage('next', { content: 'Your turn.' })
  await say(page, 'count')
  await expect(replies(page).first()).toContainText('word9 ')
  await say(page, 'next')
  await message(page).fill('half a thought')
  await page.reload()
  await expect(replies(page).first()).toHaveAttribute('aria-busy', 'true')
  await expect(message(page)).toHaveValue('half a thought')
  await expect(page.getByRole('region', { name: 'Queued messages' })).toContainText('next')
  await expect(replies(page).last()).toContainText('Your turn.', { timeout: 30_000 })
  await expect(own(page)).toHaveText([/count/, /next/])
  await expect(replies(page)).toHaveCount(2)
  const text = await replies(page).first().innerText()
  expect(text.match(/word\d+/g)).toEqual(words)
})
