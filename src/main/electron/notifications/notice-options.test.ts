import { describe, expect, it } from 'vitest'
import { NotificationId, TaskId } from '../../../shared/model/ids.js'
import type { Notification } from '../../../shared/model/notification.js'
import { buttonsOf, noticeOptions } from './notice-options.js'

const taskId = TaskId.parse('task_1')
const question: Notification = {
  id: NotificationId.parse('ntf_1'),
  kind: 'question',
  title: 'Which database?',
  body: 'survey',
  place: { kind: 'task', taskId },
  actions: [
    { kind: 'answer', label: 'SQLite' },
    { kind: 'open', label: 'Show' },
    { kind: 'answer', label: 'PostgreSQL' },
  ],
  taskId,
  count: 1,
  needsAnswer: true,
  quiet: false,
  sound: false,
  createdAt: 0,
  readAt: null,
  settledAt: null,
}
const completed: Notification = { ...question, kind: 'completed', needsAnswer: false, actions: [] }

describe('a notification', () => {
  it('has buttons and a field for words where the system has them', () => {
    expect(noticeOptions(question, { platform: 'darwin', respectDoNotDisturb: true })).toEqual({
      id: 'ntf_1',
      title: 'Which database?',
      body: 'survey',
      silent: true,
      hasReply: true,
      actions: [
        { type: 'button', text: 'SQLite' },
        { type: 'button', text: 'PostgreSQL' },
      ],
    })
    expect(noticeOptions(question, { platform: 'linux', respectDoNotDisturb: true })).toEqual({
      title: 'Which database?',
      body: 'survey',
      silent: true,
      urgency: 'critical',
      timeoutType: 'never',
    })
    const done = noticeOptions(completed, { platform: 'win32', respectDoNotDisturb: true })
    expect(done).not.toHaveProperty('hasReply')
    expect(done).toMatchObject({ urgency: 'normal', actions: [] })
  })

  it('leaves it to the system what is held back, unless the person wants all of it', () => {
    const urgency = (respectDoNotDisturb: boolean) =>
      noticeOptions(completed, { platform: 'linux', respectDoNotDisturb }).urgency
    expect(urgency(true)).toBe('normal')
    expect(urgency(false)).toBe('critical')
  })

  it('makes the sound that the core means it to make', () => {
    const loud = { ...completed, sound: true }
    expect(noticeOptions(loud, { platform: 'linux', respectDoNotDisturb: true }).silent).toBe(false)
  })

  it('gives the buttons in the order in which they are counted', () => {
    expect(buttonsOf(question).map(({ label }) => label)).toEqual(['SQLite', 'PostgreSQL'])
  })

  it('is short and plain, whatever a task says', () => {
    const wild = {
      ...completed,
      title: `\u202e${'x'.repeat(500)}`,
      body: `a\u0000b\n${'😀'.repeat(500)}`,
    }
    const { title, body } = noticeOptions(wild, { platform: 'linux', respectDoNotDisturb: true })
    expect(title).toMatch(/^x+…$/)
    expect(title).toHaveLength(100)
    expect(body).toMatch(/^ab 😀+…$/u)
    expect(body?.length).toBeLessThanOrEqual(300)
    expect(body?.isWellFormed()).toBe(true)
  })
})
