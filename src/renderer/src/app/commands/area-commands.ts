import { showArea } from '../../stores/view.js'
import { focusPane } from '../focus-pane.js'
import type { Command } from './command.js'

export const areaCommands: readonly Command[] = [
  {
    id: 'go.conversations',
    group: 'go',
    title: (text) => text.commands.goConversations,
    keys: ['Mod+1', 'Alt+1'],
    run: () => focusPane('conversations'),
  },
  {
    id: 'go.chat',
    group: 'go',
    title: (text) => text.commands.goChat,
    keys: ['Mod+2', 'Alt+2'],
    run: () => focusPane('chat'),
  },
  {
    id: 'go.tasks',
    group: 'go',
    title: (text) => text.commands.goTaskPane,
    keys: ['Mod+3', 'Alt+3'],
    run: () => focusPane('tasks'),
  },
  {
    id: 'area.chat',
    group: 'go',
    title: (text) => text.commands.showChat,
    keys: ['Mod+Shift+1', 'Alt+Shift+1'],
    run: () => showArea('chat'),
  },
  {
    id: 'area.tasks',
    group: 'go',
    title: (text) => text.commands.showTasks,
    keys: ['Mod+Shift+2', 'Alt+Shift+2'],
    run: () => showArea('tasks'),
  },
  {
    id: 'area.history',
    group: 'go',
    title: (text) => text.commands.showHistory,
    keys: ['Mod+Shift+3', 'Alt+Shift+3'],
    run: () => showArea('history'),
  },
  {
    id: 'area.dashboard',
    group: 'go',
    title: (text) => text.commands.showDashboard,
    keys: ['Mod+Shift+4', 'Alt+Shift+4'],
    run: () => showArea('dashboard'),
  },
  {
    id: 'area.inbox',
    group: 'go',
    title: (text) => text.commands.showInbox,
    keys: ['Mod+Shift+5', 'Alt+Shift+5'],
    run: () => showArea('inbox'),
  },
]
