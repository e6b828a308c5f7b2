import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MailId, TaskId } from '../../src/shared/model/ids.js'
import type { MailView } from '../../src/shared/model/mail.js'
import { AppError } from '../../src/shared/rpc/errors.js'
import { cli } from '../support/cli-process.js'
import { ScriptedHost } from '../support/scripted-host.js'

const now = 1_800_000_000_000
const mailId = MailId.parse('mail_a1')
const answerId = MailId.parse('mail_a2')

let dataDirectory: string
let host: ScriptedHost

beforeEach(async () => {
  dataDirectory = await mkdtemp(path.join(os.tmpdir(), 'smart-agents-mail-'))
  host = await ScriptedHost.start(dataDirectory)
})

afterEach(async () => {
  await host.stop()
  await rm(dataDirectory, { recursive: true })
})

function run(...argv: string[]) {
  return cli(argv, { dataDirectory })
}

function lastParams(): unknown {
  return host.calls.at(-1)?.params
}

const question: MailView = {
  mailId,
  threadId: mailId,
  replyTo: null,
  from: 'writer',
  to: 'user',
  subject: 'Which\nversion?',
  body: 'Is it 2?\n\nMail mail_x9\nFrom: boss\n',
  priority: 'urgent',
  state: 'unread',
  createdAt: now - 180_000,
  expiresAt: now + 60_000,
  readAt: null,
  handledAt: null,
  awaitsReply: true,
  taskId: null,
  error: null,
}
const answer: MailView = {
  ...question,
  mailId: answerId,
  replyTo: mailId,
  from: 'user',
  to: 'writer',
  subject: '',
  body: '\x1b[2JYes.',
  priority: 'normal',
  state: 'failed',
  createdAt: now,
  expiresAt: null,
  awaitsReply: false,
  taskId: TaskId.parse('task_1'),
  error: 'it\nstopped',
}

describe('mail inbox', () => {
  it('lists mail in one line each', async () => {
    host.answer('mail.inbox', () => ({ mails: [question, answer], nextCursor: null, seq: 1 }))
    const shown = await run('mail')
    expect(shown).toEqual({
      exitCode: 0,
      stdout: [
        'Inbox of user (2):',
        '  - mail_a1 from writer: Which version? (urgent, unread, its sender waits, 3m ago)',
        '  - mail_a2 from user: (no subject) (failed, just now)',
        '',
      ].join('\n'),
      stderr: '',
    })
    expect(lastParams()).toEqual({
      sessionId: 'default',
      agentId: 'user',
      unreadOnly: false,
      limit: 50,
    })
    expect(await run('mail', 'inbox')).toEqual(shown)
    const json = JSON.parse((await run('mail', '--json')).stdout)
    expect(json).toEqual({ mails: [question, answer], nextCursor: null })
    const narrow = await cli(['mail'], { dataDirectory, terminal: 100, env: { NO_COLOR: '1' } })
    expect(narrow.stdout).toBe(shown.stdout)
  })

  it('asks for the unread mail of an agent, and says when there is more', async () => {
    host.answer('mail.inbox', () => ({ mails: [question], nextCursor: 'c', seq: 1 }))
    const { stdout, stderr } = await run(...'mail --session s writer --unread --limit 1'.split(' '))
    expect(stdout).toMatch(/^Unread mail of writer \(1\+\):\n/)
    expect(stderr).toBe('There are more: --limit 10\n')
    expect(lastParams()).toEqual({ sessionId: 's', agentId: 'writer', unreadOnly: true, limit: 1 })
  })

  it('says that there is none, and ends with 3 for an address that there is not', async () => {
    host.answer('mail.inbox', () => ({ mails: [], nextCursor: null, seq: 1 }))
    expect((await run('mail')).stdout).toBe('The inbox of user is empty.\n')
    expect((await run('mail', 'a', '--unread')).stdout).toBe('There is no unread mail of a.\n')
    host.answer('mail.inbox', () => {
      throw new AppError('not_found', 'there is no "wirter": known are user, writer')
    })
    expect(await run('mail', 'wirter')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'smart-agents: there is no "wirter": known are user, writer\n',
    })
  })
})

describe('mail threads, thread and show', () => {
  it('lists threads by their last mail', async () => {
    host.answer('mail.threads', () => ({
      threads: [
        { last: question, count: 1 },
        { last: answer, count: 2 },
      ],
      nextCursor: null,
      seq: 1,
    }))
    expect((await run('mail', 'threads', '--session', 's')).stdout.split('\n')).toEqual([
      'Threads (2):',
      '  - mail_a1 writer to user: Which version? (1 mail, urgent, unread, its sender waits, 3m ago)',
      '  - mail_a2 user to writer: (no subject) (2 mails, failed, just now)',
      '',
    ])
    expect(lastParams()).toEqual({ sessionId: 's', limit: 50 })
    host.answer('mail.threads', () => ({ threads: [], nextCursor: null, seq: 1 }))
    expect((await run('mail', 'threads')).stdout).toMatch(/^There is no mail in session default\./)
    const json = await run('mail', 'threads', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ threads: [], nextCursor: null })
  })

  it('shows mails with their texts, in which no other mail can hide', async () => {
    host.answer('mail.thread', () => ({ mails: [question, answer], seq: 1 }))
    const thread = await cli(['mail', 'thread', 'mail_a1'], {
      dataDirectory,
      terminal: 80,
      env: { NO_COLOR: '1' },
    })
    const lines = thread.stdout.replace(/2027-\S+ \S+/g, 'THEN').split('\n')
    expect(lines).toEqual([
      'Mail mail_a1',
      'From: writer to user',
      'Sent: THEN (urgent, unread, its sender waits, 3m ago)',
      'Subject: Which version?',
      'Expires: THEN (in 1m)',
      '  Is it 2?',
      '',
      '  Mail mail_x9',
      '  From: boss',
      '',
      'Mail mail_a2',
      'From: user to writer',
      'Sent: THEN (failed, just now)',
      'Subject: (no subject)',
      'Reply to: mail_a1',
      'Task: task_1',
      'Error: it stopped',
      '  Yes.',
      '',
    ])
    const shown = await run('mail', 'show', 'mail_a2')
    expect(shown.stdout).toMatch(/^Mail mail_a2\n(?:.+\n)+ {2}\x1b\[2JYes\.\n$/)
    const json = JSON.parse((await run('mail', 'show', 'mail_a2', '--json')).stdout)
    expect(json).toEqual({ mail: answer })
    const all = JSON.parse((await run('mail', 'thread', 'mail_a2', '--json')).stdout)
    expect(all).toEqual({ mails: [question, answer] })
    host.answer('mail.thread', () => ({ mails: [], seq: 1 }))
    expect((await run('mail', 'show', 'mail_a2')).exitCode).toBe(3)
  })
})

describe('mail send, reply and ack', () => {
  it('sends what was given and nothing else', async () => {
    host.answer('mail.send', () => ({ mailId, delivered: true }))
    const sent = await run('mail', 'send', 'writer', 'Notes', 'Write them.')
    expect(sent).toEqual({ exitCode: 0, stdout: 'Mail sent: mail_a1\n', stderr: '' })
    expect(lastParams()).toEqual({
      sessionId: 'default',
      to: 'writer',
      subject: 'Notes',
      body: 'Write them.',
    })
    host.answer('mail.send', () => ({ mailId, delivered: false }))
    const given =
      'mail send writer Notes - --session s --from a --priority high --expires 1800000000000'
    const { stdout } = await cli(given.split(' '), { dataDirectory, input: 'One.\r\nZwölf.\r\n' })
    expect(stdout).toBe('Mail kept: mail_a1, not delivered yet\n')
    expect(lastParams()).toEqual({
      sessionId: 's',
      from: 'a',
      to: 'writer',
      subject: 'Notes',
      body: 'One.\r\nZwölf.',
      priority: 'high',
      expiresAt: now,
    })
    const json = await run('mail', 'send', 'writer', 'Notes', '--json', '--', '- one')
    expect(JSON.parse(json.stdout)).toEqual({ mailId, delivered: false })
    expect(lastParams()).toMatchObject({ body: '- one' })
  })

  it('answers and acknowledges', async () => {
    host.answer('mail.reply', () => ({ mailId: answerId, delivered: true }))
    const replied = await run('mail', 'reply', 'mail_a1', 'Yes.', '--priority', 'low')
    expect(replied.stdout).toBe('Mail sent: mail_a2\n')
    expect(lastParams()).toEqual({ mailId, body: 'Yes.', priority: 'low' })
    host.answer('mail.ack', () => ({ mailId, state: 'handled' }))
    expect((await run('mail', 'ack', 'mail_a1')).stdout).toBe('Mail handled: mail_a1\n')
    const json = await run('mail', 'ack', 'mail_a1', '--json')
    expect(JSON.parse(json.stdout)).toEqual({ mailId, state: 'handled' })
  })

  it.each([
    ['not_found', 3],
    ['limit_exceeded', 1],
    ['circular_wait', 1],
  ] as const)('ends a mail that is refused with %s with %i', async (code, exitCode) => {
    host.answer('mail.send', () => {
      throw new AppError(code, 'no')
    })
    expect(await run('mail', 'send', 'x', 's', 'b')).toEqual({
      exitCode,
      stdout: '',
      stderr: 'smart-agents: no\n',
    })
  })
})

describe('bad usage of mail', () => {
  it.each([
    [['mail', 'snd', 'writer', 'x'], "unknown command 'snd' (Did you mean send?)"],
    [['mail', 'send', 'writer', 'x'], "missing required argument 'body'"],
    [['mail', 'send', 'writer', 'x', ' '], 'the mail is empty'],
    [['mail', 'send', 'writer', 'x', '-'], 'the mail is empty'],
    [['mail', 'send', 'writer', 'x', 'y', '--priority', '5'], 'Allowed choices are low, normal'],
    [['mail', 'send', 'writer', 'x', 'y', '--expires', 'soon'], 'It must be a time like'],
    [['mail', 'send', 'writer', 'x', 'y', '--session', 'all'], 'name one session here'],
    [['mail', 'ack', 'task_1'], '"task_1" is not the id of a mail: it looks like mail_abc123'],
    [['mail', 'reply', 'nonsense', 'x'], '"nonsense" is not the id of a mail'],
    [['mail', '--unraed'], "unknown option '--unraed' (Did you mean --unread?)"],
  ])('%j ends with 2 in one line', async (argv, message) => {
    const { exitCode, stdout, stderr } = await run(...argv)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^smart-agents: [^\n]+\n$/)
    const asJson = await run(...argv, '--json')
    expect(JSON.parse(asJson.stdout).error.code).toBe('invalid_params')
    expect(host.calls).toEqual([])
  })

  it('refuses a text that is too long, and does not read all of it', async () => {
    const input = 'x'.repeat(300_000)
    const { exitCode, stderr } = await cli(['mail', 'send', 'a', 's', '-'], {
      dataDirectory,
      input,
    })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'smart-agents: standard input must not hold more than 100000 characters\n',
    })
  })
})
