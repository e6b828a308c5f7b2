import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

const agents = (page: Page) => page.getByRole('region', { name: 'Agents', exact: true })
const detail = (page: Page) => page.getByRole('region', { name: 'Agent', exact: true })
const rowOf = (page: Page, name: string) =>
  agents(page).getByRole('listitem').filter({ hasText: name })
const control = (page: Page, name: string) =>
  detail(page).getByRole('group', { name: 'Ask of the agent' }).getByRole('button', { name })

async function create(page: Page, name: string, open: string): Promise<void> {
  await agents(page).getByRole('button', { name: open }).click()
  const form = page.getByRole('dialog', { name: 'New agent' })
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await form.getByRole('button', { name: 'Create agent' }).click()
  await expect(detail(page).getByRole('heading', { name: new RegExp(`^${name}`) })).toBeVisible()
}

async function openAgents(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Agents/ }).click()
}

test('an agent is made, and what is wrong with it is said where it was typed', async ({ page }) => {
  await openAgents(page)
  await expect(agents(page)).toContainText('No agents yet')
  await checkAccessibility(page, 'no agents')

  await agents(page).getByRole('button', { name: 'Create an agent' }).click()
  const form = page.getByRole('dialog', { name: 'New agent' })
  const name = form.getByRole('textbox', { name: 'Name', exact: true })
  const instructions = form.getByRole('textbox', { name: 'Instructions' })
  await name.fill('not a name')
  await instructions.fill('Be quick.')
  await form.getByRole('button', { name: 'Create agent' }).click()
  await expect(name).toHaveAccessibleDescription(/^Must be 1 to 64 letters/)
  await expect(instructions).toHaveValue('Be quick.')
  await checkAccessibility(page, 'a refused agent')
  await name.fill('anna')
  await form.getByRole('textbox', { name: 'Tools' }).fill('fly')
  await form.getByRole('button', { name: 'Create agent' }).click()
  await expect(form.getByRole('textbox', { name: 'Tools' })).toHaveAccessibleDescription(
    /^There is no tool "fly"; there are list_files/,
  )
  await form.getByRole('textbox', { name: 'Tools' }).fill('')
  await form.getByRole('button', { name: 'Create agent' }).click()
  await expect(detail(page).getByRole('heading', { name: /^anna/ })).toContainText('Idle')
  await expect(control(page, 'Start')).toBeDisabled()
  await expect(control(page, 'Delete')).toBeDisabled()
})

test('an agent works on a task, sleeps and is woken', async ({ page, rpc, place }) => {
  const hold = path.join(place.workspace, 'hold')
  writeFileSync(hold, '')
  await openAgents(page)
  await create(page, 'anna', 'Create an agent')
  const task = detail(page).getByRole('textbox', { name: 'Task for anna' })
  await task.fill('Run `while [ -e hold ]; do sleep 0.05; done; echo finished`')
  await task.press('Enter')
  await expect(detail(page).getByRole('heading', { name: /^anna/ })).toContainText('Active')
  await expect(task).toHaveValue('')
  await expect(control(page, 'Stop')).toBeEnabled()
  await checkAccessibility(page, 'an agent at work')
  rmSync(hold)
  await expect(detail(page).getByRole('heading', { name: /^anna/ })).toContainText('Idle')
  const work = detail(page).getByRole('list', { name: 'Work' }).getByRole('listitem')
  await expect(work).toContainText('Completed')
  await work.getByRole('button').click()
  const result = page.getByRole('region', { name: 'Task', exact: true })
  await expect(result.getByRole('tabpanel')).toContainText('finished')
  await result.getByRole('button', { name: 'anna' }).click()

  await control(page, 'Sleep').click()
  const sleep = page.getByRole('dialog', { name: 'Let anna sleep' })
  await sleep.getByRole('spinbutton', { name: 'For how long' }).fill('-1')
  await sleep.getByRole('button', { name: 'Sleep' }).click()
  await expect(sleep.getByRole('spinbutton')).toHaveAccessibleDescription(/^Must be/)
  await sleep.getByRole('spinbutton', { name: 'For how long' }).fill('10')
  await sleep.getByRole('textbox', { name: 'Events' }).fill('tests_passed')
  await checkAccessibility(page, 'the question how it is to sleep')
  await sleep.getByRole('button', { name: 'Sleep' }).click()
  await expect(detail(page)).toContainText(/Sleeps until .* or until tests_passed happens/)
  expect((await rpc.call('async.getAgentStates', { sessionId: 'main' })).agents).toMatchObject({
    anna: { state: 'sleeping', wake_events: ['tests_passed'] },
  })
  await control(page, 'Wake').click()
  const wake = page.getByRole('dialog', { name: 'Wake anna' })
  await wake.getByRole('textbox', { name: 'Reason' }).fill('There is work')
  await wake.getByRole('button', { name: 'Wake' }).click()
  await expect(detail(page)).toContainText('Reason: There is work')
  for (const [tab, text] of [
    ['Timeline', 'Sleeping → Idle'],
    ['Facts', 'The one of the settings'],
    ['Log', 'idle → sleeping'],
  ] as const) {
    await detail(page).getByRole('tab', { name: tab }).click()
    await expect(detail(page).getByRole('tabpanel')).toContainText(text)
    await checkAccessibility(page, `an agent, ${tab}`)
  }
})

test('agents are paused, stopped, seen by others and deleted', async ({ page, rpc }) => {
  await openAgents(page)
  await create(page, 'anna', 'Create an agent')
  await control(page, 'Pause').click()
  await expect(detail(page).getByRole('heading', { name: /^anna/ })).toContainText('Paused')
  await control(page, 'Resume').click()
  await expect(detail(page).getByRole('heading', { name: /^anna/ })).toContainText('Idle')
  await detail(page).getByRole('button', { name: 'All agents' }).click()
  await expect(agents(page).getByRole('button', { name: 'anna' })).toBeFocused()
  await create(page, 'ben', 'New agent')
  await detail(page).getByRole('button', { name: 'All agents' }).click()

  await rpc.call('async.sleepAgent', { sessionId: 'main', agentId: 'ben' })
  await rpc.call('async.sendTask', { sessionId: 'main', agentId: 'ben', prompt: 'List the files' })
  await expect(rowOf(page, 'ben')).toContainText('Sleeping')
  await expect(rowOf(page, 'ben')).toContainText('1 queued')
  await checkAccessibility(page, 'two agents')
  await rpc.call('async.createAgent', { sessionId: 'other', agentId: 'cleo' })
  const chooser = agents(page).getByRole('combobox', { name: 'Session' })
  await chooser.selectOption('other')
  await expect(rowOf(page, 'cleo')).toContainText('Idle')
  await expect(rowOf(page, 'ben')).toHaveCount(0)
  await chooser.selectOption('main')

  await agents(page).getByRole('button', { name: 'ben' }).click()
  await control(page, 'Stop').click()
  await expect(detail(page).getByRole('heading', { name: /^ben/ })).toContainText('Stopped')
  await expect(detail(page).getByRole('button', { name: 'Send task' })).toBeDisabled()
  await control(page, 'Delete').click()
  const question = page.getByRole('alertdialog', { name: 'Delete this agent?' })
  await checkAccessibility(page, 'the question before an agent is deleted')
  await question.getByRole('button', { name: 'Delete agent' }).click()
  await expect(rowOf(page, 'anna')).toBeVisible()
  await expect(rowOf(page, 'ben')).toHaveCount(0)
})

test('a person and agents write to each other', async ({ page, rpc }) => {
  const sessionId = 'main'
  await rpc.call('async.createAgent', { sessionId, agentId: 'anna', autoStart: false })
  await rpc.call('async.createAgent', { sessionId, agentId: 'ben', autoStart: false })
  await openAgents(page)
  await agents(page).getByRole('tab', { name: /^Mail/ }).click()
  await expect(agents(page)).toContainText('Nobody has written yet')
  await agents(page).getByRole('button', { name: 'Write' }).click()
  const letter = page.getByRole('dialog', { name: 'New mail' })
  await letter.getByRole('combobox', { name: 'To' }).selectOption('ben')
  await letter.getByRole('textbox', { name: 'Subject' }).fill('The plan')
  await letter.getByRole('button', { name: 'Send' }).click()
  await expect(letter.getByRole('textbox', { name: 'Text' })).toHaveAccessibleDescription(/^Must/)
  await checkAccessibility(page, 'a mail without a text')
  await letter.getByRole('textbox', { name: 'Text' }).fill('What is it?')
  await letter.getByRole('button', { name: 'Send' }).click()
  const threads = agents(page).getByRole('list', { name: 'Threads' }).getByRole('listitem')
  await expect(threads).toHaveText([/The plan.*You to ben.*Unread.*What is it\?/])
  await agents(page).getByRole('tab', { name: 'Agents', exact: true }).click()
  await expect(rowOf(page, 'ben')).toContainText('1 unread mail')

  const { mails } = await rpc.call('mail.inbox', { sessionId, agentId: 'ben' })
  const [asked] = mails
  if (asked === undefined) throw new Error('the mail is not in the inbox of ben')
  await rpc.call('mail.reply', { mailId: asked.mailId, body: 'There is none.' })
  const mailTab = agents(page).getByRole('tab', { name: 'Mail 1 for you to handle' })
  await mailTab.click()
  await checkAccessibility(page, 'mail')
  await threads.filter({ hasText: 'The plan' }).getByRole('button').click()
  const thread = page.getByRole('region', { name: 'Thread' })
  await expect(thread.getByRole('listitem')).toHaveText([/Answered.*What is it/, /There is none/])
  await thread.getByRole('textbox', { name: 'Reply to ben' }).fill('Make one.')
  // It may end what an input method began, and must not close what is being written.
  await page.keyboard.press('Escape')
  await thread.getByRole('button', { name: 'Mark as handled' }).click()
  await expect(agents(page).getByRole('tab', { name: 'Mail', exact: true })).toBeVisible()
  await thread.getByRole('button', { name: 'Reply' }).click()
  await expect(thread.getByRole('listitem')).toHaveCount(3)
  await expect(thread.getByRole('textbox', { name: 'Reply to ben' })).toHaveValue('')
  await checkAccessibility(page, 'a thread')
})

test('who wrote to whom is drawn, and told in words', async ({ page, rpc }) => {
  const sessionId = 'main'
  const letter = { sessionId, subject: 'x', body: 'y' }
  await rpc.call('async.createAgent', { sessionId, agentId: 'anna', autoStart: false })
  await rpc.call('async.createAgent', { sessionId, agentId: 'ben', autoStart: false })
  await rpc.call('mail.send', { ...letter, to: 'ben' })
  await rpc.call('mail.send', { ...letter, from: 'anna', to: 'ben' })
  await openAgents(page)
  await agents(page).getByRole('tab', { name: 'Graph' }).click()
  const words = agents(page).getByRole('list', { name: 'Who works, waits and writes' })
  await expect(words.getByRole('listitem')).toHaveText([
    'You: 1 mail to ben',
    'anna: Not started; 1 mail to ben',
    'ben: Not started',
  ])
  await expect(page.locator('.react-flow__node')).toHaveCount(3)
  await expect(page.locator('.react-flow__edge')).toHaveCount(2)
  await checkAccessibility(page, 'the graph')
  await rpc.call('mail.send', { ...letter, from: 'anna', to: 'user' })
  await expect(page.locator('.react-flow__edge')).toHaveCount(3)
  await agents(page).getByRole('button', { name: 'All tasks' }).click()
  await expect(page.getByRole('button', { name: 'Agents 1 mail for you' })).toBeFocused()
})
