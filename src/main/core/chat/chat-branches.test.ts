import { beforeEach, describe, expect, it } from 'vitest'
import { ChatBench } from '../../../../test/support/chat-bench.js'
import { call, silence } from '../../../../test/support/scripted-model.js'
import type { ConversationId, MessageId } from '../../../shared/model/ids.js'

let bench: ChatBench
let id: ConversationId

beforeEach(async () => {
  bench = await ChatBench.start()
  id = await bench.chat.create({ title: 'Plans' })
})

function messageId(text: string, conversation = id): MessageId {
  const found = bench.messages(conversation).find((message) => message.text === text)
  if (found === undefined) throw new Error(`nobody said ${text}`)
  return found.messageId
}

describe('a branch', () => {
  it('goes on from a message with what was said before it, and leaves the rest alone', async () => {
    await bench.talk(id, 'one', 'first')
    await bench.talk(id, 'two', 'second')
    const branch = bench.chat.branch(id, messageId('first'))
    expect(bench.said(branch)).toEqual(['user complete: one', 'assistant complete: first'])
    expect(bench.said(id)).toHaveLength(4)
    const [newest] = bench.chat.list({ before: null, limit: 1 }).conversations
    expect(newest).toMatchObject({
      conversationId: branch,
      title: 'Plans (2)',
      branchedFrom: { conversationId: id, messageId: messageId('first') },
    })
    await bench.talk(branch, 'three', 'third')
    expect(bench.model.requests.at(-1)?.messages.map(({ content }) => content)).toMatchObject([
      [{ text: 'one' }],
      [{ text: 'first' }],
      [{ text: 'three' }],
    ])
    expect(bench.said(id)).toHaveLength(4)
  })

  it('keeps what tools had answered, lives on when its origin is deleted, and is named apart', async () => {
    const looks = { calls: [call('1', 'list_tasks')] }
    await bench.talk(id, 'what runs?', looks, 'nothing')
    const first = bench.chat.branch(id, messageId('nothing'))
    const second = bench.chat.branch(id, messageId('nothing'), 'Mine')
    const titles = bench.chat.list({ before: null, limit: 5 }).conversations.map((c) => c.title)
    expect(titles).toEqual(['Mine', 'Plans (2)', 'Plans'])
    await bench.chat.delete(id)
    await bench.talk(first, 'and now?', 'still nothing')
    const read = JSON.stringify(bench.model.requests.at(-1)?.messages)
    expect(read).toContain('tool_result')
    expect(bench.said(second)).toHaveLength(2)
  })

  it('takes neither what is being said nor what waits', async () => {
    bench.model.add(silence)
    bench.chat.send(id, 'one')
    await bench.settle()
    bench.chat.send(id, 'two')
    const [, reply, queued] = bench.messages(id)
    for (const message of [reply, queued]) {
      expect(() => bench.chat.branch(id, message?.messageId as MessageId)).toThrow(
        expect.objectContaining({ code: 'invalid_state' }),
      )
    }
    expect(() => bench.chat.branch(id, 'msg_none' as MessageId)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
    const branch = bench.chat.branch(id, messageId('one'))
    expect(bench.said(branch)).toEqual(['user complete: one'])
  })
})

describe('saying something else', () => {
  it('answers it in a branch that begins before the message', async () => {
    await bench.talk(id, 'one', 'first')
    await bench.talk(id, 'two', 'second')
    bench.model.add('other')
    const edited = bench.chat.edit(id, messageId('two'), 'zwei')
    await bench.idle()
    expect(bench.said(edited.conversationId)).toEqual([
      'user complete: one',
      'assistant complete: first',
      'user complete: zwei',
      'assistant complete: other',
    ])
    expect(bench.said(id)).toContain('user complete: two')
    expect(() => bench.chat.edit(id, messageId('first'), 'x')).toThrow(
      expect.objectContaining({ code: 'invalid_state' }),
    )
  })
})

describe('messages that wait', () => {
  async function waiting(...texts: string[]): Promise<void> {
    bench.model.add(silence)
    bench.chat.send(id, 'first')
    await bench.settle()
    for (const text of texts) bench.chat.send(id, text)
  }
  const queue = () => bench.chat.queue.list(id).map(({ text }) => text)

  it('can be changed, moved and taken back', async () => {
    await waiting('a', 'b', 'c')
    bench.chat.queue.move(id, messageId('c'), messageId('a'))
    expect(queue()).toEqual(['c', 'a', 'b'])
    bench.chat.queue.move(id, messageId('c'), null)
    expect(queue()).toEqual(['a', 'b', 'c'])
    bench.chat.queue.edit(id, messageId('b'), 'B')
    expect(bench.chat.edit(id, messageId('a'), 'A')).toMatchObject({ conversationId: id })
    expect(bench.chat.queue.remove(id, messageId('c'))).toBe('c')
    expect(queue()).toEqual(['A', 'B'])
    const names = bench.bench.events.map(({ name }) => name)
    expect(names).toContain('chat.removed')
    expect(() => bench.chat.queue.edit(id, messageId('first'), 'x')).toThrow(
      expect.objectContaining({ code: 'invalid_state' }),
    )
  })

  it('can be answered at once, which ends the reply under way', async () => {
    await waiting('a', 'b')
    bench.model.add('to b', 'to a')
    bench.chat.sendNow(id, messageId('b'))
    await bench.idle()
    expect(bench.said(id)).toEqual([
      'user complete: first',
      'assistant stopped: ',
      'user complete: b',
      'assistant complete: to b',
      'user complete: a',
      'assistant complete: to a',
    ])
  })
})

describe('searching a conversation', () => {
  it('finds texts newest first, whatever their case, page by page', async () => {
    await bench.talk(id, 'Über uns', 'nothing')
    await bench.talk(id, 'noch etwas', 'ÜBER 100 %')
    const never = new AbortController().signal
    const find = async (query: string, limit = 10, beforeOrder: number | null = null) => {
      const asked = bench.chat.search({ conversationId: id, query, limit, beforeOrder }, never)
      const { matches, nextOrder } = await bench.bench.during(asked)
      return { ids: matches.map((match) => match.messageId), nextOrder }
    }
    const both = [messageId('ÜBER 100 %'), messageId('Über uns')]
    expect(await find('über')).toEqual({ ids: both, nextOrder: null })
    const first = await find('über', 1)
    expect(first.ids).toEqual(both.slice(0, 1))
    expect((await find('über', 1, first.nextOrder)).ids).toEqual(both.slice(1))
    expect((await find('100 %')).ids).toHaveLength(1)
    await bench.talk(id, 'η οδος', 'ΟΔΟΣ')
    expect((await find('οδοσ')).ids).toEqual([messageId('ΟΔΟΣ'), messageId('η οδος')])
    expect((await find('nirgends')).ids).toEqual([])
  })

  it('counts how often each has it, as it is shown', async () => {
    await bench.talk(id, 'a cat, a Cat', '**cat** and [more](https://cat.example/cat) `cat`')
    await bench.talk(id, 'where?', 'See [here](https://cat.example)')
    const wanted = { conversationId: id, query: 'cat', limit: 10, beforeOrder: null }
    const { matches } = await bench.bench.during(
      bench.chat.search(wanted, new AbortController().signal),
    )
    expect(matches.map(({ hits }) => hits)).toEqual([1, 2, 2])
  })

  it('ends when nobody waits for it any more', async () => {
    await bench.talk(id, 'one', 'first')
    const asked = new AbortController()
    const wanted = { conversationId: id, query: 'x', limit: 1, beforeOrder: null }
    const answer = bench.chat.search(wanted, asked.signal)
    asked.abort(new Error('gone'))
    await expect(bench.bench.during(answer)).rejects.toThrow('gone')
  })
})
