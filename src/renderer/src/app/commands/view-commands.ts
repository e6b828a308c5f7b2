import {
  openDialog,
  setNotificationsOpen,
  setSidebarOpen,
  setTasksOpen,
  showSettings,
  useView,
} from '../../stores/view.js'
import type { Command } from './command.js'

export const viewCommands: readonly Command[] = [
  {
    id: 'view.conversations',
    group: 'view',
    title: (text) => text.commands.toggleConversations,
    keys: ['Mod+B', 'Alt+B'],
    run: () => setSidebarOpen(!useView.getState().sidebarOpen),
  },
  {
    id: 'view.tasks',
    group: 'view',
    title: (text) => text.commands.toggleTasks,
    keys: ['Mod+J', 'Alt+J'],
    run: () => setTasksOpen(!useView.getState().tasksOpen),
  },
  {
    id: 'app.palette',
    group: 'app',
    title: (text) => text.palette.title,
    keys: ['Mod+K', 'Alt+K'],
    run: () => openDialog('palette'),
  },
  {
    id: 'app.settings',
    group: 'app',
    title: (text) => text.commands.settings,
    keys: ['Mod+,', 'Alt+,'],
    run: () => showSettings(null),
  },
  {
    id: 'app.shortcuts',
    group: 'app',
    title: (text) => text.commands.shortcuts,
    keys: ['?'],
    run: () => openDialog('shortcuts'),
  },
  {
    id: 'app.notifications',
    group: 'app',
    title: (text) => text.commands.notifications,
    keys: ['Mod+Shift+U', 'Alt+U'],
    run: () => setNotificationsOpen(!useView.getState().notificationsOpen),
  },
]
