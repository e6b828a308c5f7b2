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
    run: () => setSidebarOpen(!useView.getState().sidebarOpen),
  },
  {
    id: 'view.tasks',
    group: 'view',
    title: (text) => text.commands.toggleTasks,
    run: () => setTasksOpen(!useView.getState().tasksOpen),
  },
  {
    id: 'app.palette',
    group: 'app',
    title: (text) => text.palette.title,
    run: () => openDialog('palette'),
  },
  {
    id: 'app.settings',
    group: 'app',
    title: (text) => text.commands.settings,
    run: () => showSettings(null),
  },
  {
    id: 'app.shortcuts',
    group: 'app',
    title: (text) => text.commands.shortcuts,
    run: () => openDialog('shortcuts'),
  },
  {
    id: 'app.notifications',
    group: 'app',
    title: (text) => text.commands.notifications,
    run: () => setNotificationsOpen(!useView.getState().notificationsOpen),
  },
]
