import {
  ChartNoAxesColumn,
  History,
  Inbox,
  ListChecks,
  type LucideIcon,
  MessagesSquare,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { CommandId } from '../../../shared/model/command-id.js'
import type { Area } from '../stores/view.js'
import { lazyView } from './lazy-view.js'
import { Workbench } from './workbench.js'

export interface AreaView {
  readonly icon: LucideIcon
  /** Its keys are shown beside its name. */
  readonly command: CommandId
  readonly component: ComponentType
}

/** What fills the window beside the rail; all but the chat are read when they are first looked at. */
export const AREA_VIEWS: Readonly<Record<Area, AreaView>> = {
  chat: { icon: MessagesSquare, command: 'area.chat', component: Workbench },
  tasks: {
    icon: ListChecks,
    command: 'area.tasks',
    component: lazyView(async () => (await import('../features/monitor/tasks-area.js')).TasksArea),
  },
  history: {
    icon: History,
    command: 'area.history',
    component: lazyView(
      async () => (await import('../features/history/history-area.js')).HistoryArea,
    ),
  },
  dashboard: {
    icon: ChartNoAxesColumn,
    command: 'area.dashboard',
    component: lazyView(
      async () => (await import('../features/dashboard/dashboard-area.js')).DashboardArea,
    ),
  },
  inbox: {
    icon: Inbox,
    command: 'area.inbox',
    component: lazyView(async () => (await import('../features/inbox/inbox-area.js')).InboxArea),
  },
}
