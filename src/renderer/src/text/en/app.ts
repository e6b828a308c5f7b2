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
}
