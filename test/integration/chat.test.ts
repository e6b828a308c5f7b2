import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConversationId } from '../../src/shared/model/ids.js'
import type { RpcClient } from '../../src/shared/rpc/client.js'
import { CoreBench } from '../support/core-bench.js'
import { clientOf } from '../support/core-client.js'
import { silence } from '../support/scripted-model.js'

let bench: CoreBench
let client: RpcClient
let conversationId: ConversationId

beforeEach(async () => {
  bench = await CoreBench.start()
  client = clientOf(bench)
  conversationId = (await client.call('chat.create', {})).conversationId
})
afterEach(() => bench.close())

async function talk(text: string, answer: string) {
  const answered = bench.heard(
    ({ name, payload }) =>
      name === 'chat.message' && payload.role === 'assistant' && payload.text === answer,
  )
  bench.model.add(answer)
  const { messageId } = await client.call('chat.send', { conversationId, text })
  await answered
  return messageId
}

async function texts(id: ConversationId) {
  const { messages } = await client.call('chat.history', { conversationId: id })
  return messages.map(({ text }) => text)
}

it('goes on from any message in a new conversation that knows where it came from', async () => {
  await talk('one', 'first')
  const messageId = await talk('two', 'second')
  const branch = await client.call('chat.branch', { conversationId, messageId, title: 'Aside' })
  expect(await texts(branch.conversationId)).toEqual(['one', 'first', 'two'])
  bench.model.add('other')
  const edited = await client.call('chat.edit', { conversationId, messageId, text: 'zwei' })
  const { conversations } = await client.call('chat.list', {})
  const told = (id: ConversationId) => conversations.find((each) => each.conversationId === id)
  for (const id of [branch.conversationId, edited.conversationId]) {
    expect(told(id)?.branchedFrom).toEqual({ conversationId, messageId })
  }
  expect(await texts(conversationId)).toEqual(['one', 'first', 'two', 'second'])
  await bench.restart()
})

it('shows, changes and answers what waits, and finds texts', async () => {
  bench.model.add(silence)
  await client.call('chat.send', { conversationId, text: 'one' })
  const send = async (text: string) =>
    (await client.call('chat.send', { conversationId, text })).messageId
  const [two, three] = [await send('two'), await send('three')]
  await client.call('chat.queue.move', { conversationId, messageId: three, before: two })
  await client.call('chat.queue.edit', { conversationId, messageId: two, text: 'Zwei' })
  const { messages } = await client.call('chat.queue.list', { conversationId })
  expect(messages.map(({ text }) => text)).toEqual(['three', 'Zwei'])
  const { matches } = await client.call('chat.search', { conversationId, query: 'ZWEI' })
  expect(matches.map(({ messageId }) => messageId)).toEqual([two])
  expect(await client.call('chat.queue.remove', { conversationId, messageId: three })).toEqual({
    text: 'three',
  })
  const answered = bench.heard(
    ({ name, payload }) => name === 'chat.message' && payload.text === 'done',
  )
  bench.model.add('done')
  await client.call('chat.queue.sendNow', { conversationId, messageId: two })
  await answered
  expect(await texts(conversationId)).toEqual(['one', '', 'Zwei', 'done'])
})

it('finds the files of a workspace, without those that git ignores', async () => {
  mkdirSync(join(bench.workspace, 'src', 'deep'), { recursive: true })
  writeFileSync(join(bench.workspace, 'src', 'deep', 'my notes.md'), '')
  writeFileSync(join(bench.workspace, '.gitignore'), 'secret*\n')
  writeFileSync(join(bench.workspace, 'secret-notes.md'), '')
  const found = await client.call('workspace.files', { query: 'notes' })
  expect(found).toEqual({ files: [{ path: 'src/deep/my notes.md', kind: 'file' }], cut: false })
  const folders = await client.call('workspace.files', { query: 'deep', limit: 1 })
  expect(folders.files).toEqual([{ path: 'src/deep', kind: 'folder' }])
  const none = client.call('workspace.files', { query: 'x', workspace: '/nowhere/at/all' })
  await expect(none).rejects.toMatchObject({ code: 'not_found' })
})
