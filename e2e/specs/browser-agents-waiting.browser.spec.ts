import { checkAccessibility } from '../driver/accessibility.js'
import { expect, test } from '../fixtures.js'

test.use({ provider: 'scripted' })

test('an agent that waits for another one is drawn so until it is answered', async ({
  page,
  rpc,
  model,
}) => {
  const question = { to_agent: 'ben', subject: 'The colour', body: 'Which one?' }
  const ask = { name: 'send_mail_with_switch', arguments: JSON.stringify(question) }
  const finish = {
    name: 'finish',
    arguments: JSON.stringify({ success: true, report: 'It is blue.' }),
  }
  model.on({ userMessage: 'ask ben', hasToolResult: false }, { toolCalls: [ask] })
  model.on({ userMessage: 'ask ben', hasToolResult: true }, { toolCalls: [finish] })
  const sessionId = 'main'
  await rpc.call('async.createAgent', { sessionId, agentId: 'anna' })
  await rpc.call('async.createAgent', { sessionId, agentId: 'ben', autoStart: false })
  await page.getByRole('button', { name: /^Agents/ }).click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  const anna = agents.getByRole('listitem').filter({ hasText: 'anna' })
  await expect(anna).toContainText('Waits for work')
  await rpc.call('async.sendTask', { sessionId, agentId: 'anna', prompt: 'ask ben' })
  await expect(anna).toContainText('Waits for an answer of ben')
  await checkAccessibility(page, 'an agent that waits')

  await agents.getByRole('tab', { name: 'Graph' }).click()
  const words = agents.getByRole('list', { name: 'Who works, waits and writes' })
  await expect(words.getByRole('listitem')).toHaveText([
    'anna: Idle; waits for ben; 1 mail to ben',
    'ben: Not started',
  ])
  await expect(page.locator('.graph-waits')).toHaveCount(1)
  await checkAccessibility(page, 'the graph of a wait')
  const { mails } = await rpc.call('mail.inbox', { sessionId, agentId: 'ben' })
  for (const { mailId } of mails) await rpc.call('mail.reply', { mailId, body: 'Blue.' })
  await expect(page.locator('.graph-waits')).toHaveCount(0)
  await agents.getByRole('tab', { name: 'Agents', exact: true }).click()
  await expect(anna).toContainText('1 done')
})
