import { plural } from './plural.js'

export const app = {
  areas: {
    label: 'Areas',
    chat: 'Chat',
    tasks: 'Tasks',
    history: 'History',
    dashboard: 'Dashboard',
    inbox: 'Inbox',
  },
  tasksRun: (count: number) => plural(count, { one: '1 task runs', other: `${count} tasks run` }),
  skip: 'Skip to the message field',
  panes: 'Panes',
  chats: 'Chats',
  chat: 'Chat',
  tasks: (running: number) => (running > 0 ? `Tasks (${running})` : 'Tasks'),
  chatsPane: 'The list of chats',
  chatPane: 'The chat',
  tasksPane: 'The task monitor',
  thisPane: 'This pane',
  thisArea: 'This part of the window',
  chatsWidth: 'Width of the chats',
  tasksWidth: 'Width of the tasks',
  connecting: 'Connecting',
  refused: 'The host did not let this window in',
  away: 'The host is away',
  tryAgain: 'Try again',
  connection: {
    closed: 'the app closed the connection',
    unreachable: 'the host cannot be reached',
    noToken:
      'This page was opened without its token. Use the address that “smart-agents serve” printed.',
    unknownToken:
      'The host does not know this token. It was probably started again: use the address that it printed last.',
  },
  spoken: {
    completed: (task: string) => `Task completed: ${task}`,
    failed: (task: string) => `Task failed: ${task}`,
    cancelled: (task: string) => `Task cancelled: ${task}`,
    question: (task: string, question: string) => `Question of ${task}: ${question}`,
    plan: (goal: string) => `A plan waits for your approval: ${goal}`,
    correction: (attempt: number, limit: number, task: string) =>
      `Correction ${attempt} of ${limit}: ${task}`,
    mail: (from: string, subject: string) => `Mail from ${from}: ${subject || 'no subject'}`,
    replyFailed: 'The reply failed',
    reply: (text: string) => `Assistant: ${text}`,
  },
}
