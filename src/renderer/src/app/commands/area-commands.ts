import { showArea } from '../../stores/view.js'
import { focusPane } from '../focus-pane.js'
import type { Command } from './command.js'

export const areaCommands: readonly Command[] = [
  {
    id: 'go.conversations',
    group: 'go',
    title: (text) => text.commands.goConversations,
    run: () => focusPane('conversations'),
  },
  {
    id: 'go.chat',
    group: 'go',
    title: (text) => text.commands.goChat,
    run: () => focusPane('chat'),
  },
  {
    id: 'go.tasks',
    group: 'go',
    title: (text) => text.commands.goTaskPane,
    run: () => focusPane('tasks'),
  },
  {
    id: 'area.chat',
    group: 'go',
    title: (text) => text.commands.showChat,
    run: () => showArea('chat'),
  },
  {
    id: 'area.tasks',
    group: 'go',
    title: (text) => text.commands.showTasks,
    run: () => showArea('tasks'),
  },
  {
    id: 'area.history',
    group: 'go',
    title: (text) => text.commands.showHistory,
    run: () => showArea('history'),
  },
  {
    id: 'area.dashboard',
    group: 'go',
    title: (text) => text.commands.showDashboard,
    run: () => showArea('dashboard'),
  },
  {
    id: 'area.inbox',
    group: 'go',
    title: (text) => text.commands.showInbox,
    run: () => showArea('inbox'),
  },
]
