import { create } from 'zustand'
import type { ConversationId, MailId, TaskId } from '../../../shared/model/ids.js'
import { remember, remembered } from './storage.js'

export type Theme = 'system' | 'light' | 'dark'
export type Pane = 'conversations' | 'chat' | 'tasks'
/** What fills the window beside the rail. */
export type Area = 'chat' | 'tasks' | 'history' | 'dashboard' | 'inbox'
export const AREAS: readonly Area[] = ['chat', 'tasks', 'history', 'dashboard', 'inbox']
export type AgentsTab = 'agents' | 'mail' | 'graph'
export type OpenDialog = 'settings' | 'shortcuts' | 'workflow' | 'palette' | null

export interface ViewState {
  readonly area: Area
  /** Null shows the empty chat, whose first message begins a conversation. */
  readonly conversationId: ConversationId | null
  readonly taskId: TaskId | null
  /** The recurring tasks stand in place of the list of tasks. */
  readonly schedulesOpen: boolean
  /** The agents stand in place of the list of tasks. */
  readonly agentsOpen: boolean
  readonly agentsTab: AgentsTab
  /** The agent that is shown in full, of the session that is shown. */
  readonly agentId: string | null
  /** The thread of mail that is shown. */
  readonly threadId: MailId | null
  readonly theme: Theme
  /** The pane that a narrow window shows. */
  readonly pane: Pane
  readonly sidebarOpen: boolean
  readonly tasksOpen: boolean
  readonly dialog: OpenDialog
  /** What the person was told stands open beside the rail. */
  readonly notificationsOpen: boolean
  /** The section of the settings that is shown, and the setting in it that somebody looked for. */
  readonly settingsSection: string | null
  readonly settingsItem: string | null
  /** The workflow that its dialog begins with; null lets the person choose. */
  readonly workflow: string | null
}

const AREA = 'area'
const LAST_CONVERSATION = 'conversation'
const SIDEBAR = 'sidebar'
const TASKS = 'tasks'

export const useView = create<ViewState>(() => ({
  area: areaFrom(remembered(AREA)),
  conversationId: (remembered(LAST_CONVERSATION) as ConversationId | null) ?? null,
  taskId: null,
  schedulesOpen: false,
  agentsOpen: false,
  agentsTab: 'agents',
  agentId: null,
  threadId: null,
  theme: 'system',
  pane: 'chat',
  sidebarOpen: remembered(SIDEBAR) !== 'closed',
  tasksOpen: remembered(TASKS) !== 'closed',
  dialog: null,
  notificationsOpen: false,
  settingsSection: null,
  settingsItem: null,
  workflow: null,
}))

export function showArea(area: Area): void {
  remember(AREA, area === 'chat' ? null : area)
  useView.setState({ area })
}

export function showConversation(conversationId: ConversationId | null): void {
  remember(LAST_CONVERSATION, conversationId)
  showArea('chat')
  useView.setState({ conversationId, pane: 'chat' })
}

/** Shows a task's details: in the area of all tasks, or beside the chat, opening the pane where it is closed. */
export function showTask(taskId: TaskId): void {
  if (useView.getState().area !== 'tasks') showArea('chat')
  useView.setState({ taskId, pane: 'tasks' })
  setTasksOpen(true)
}

/** Marks the task whose details an area shows beside its own list. */
export function selectTask(taskId: TaskId): void {
  useView.setState({ taskId })
}

export function closeTask(): void {
  useView.setState({ taskId: null })
}

export function setSchedulesOpen(schedulesOpen: boolean): void {
  useView.setState({ schedulesOpen })
}

export function setAgentsOpen(agentsOpen: boolean): void {
  useView.setState({ agentsOpen, agentId: null, threadId: null })
}

/** Leads to an agent in full, or to a thread among the mail, from wherever the person is. */
export function leadToAgents(
  place: { readonly agentId: string } | { readonly threadId: MailId },
): void {
  showArea('chat')
  closeTask()
  setTasksOpen(true)
  setAgentsOpen(true)
  if ('agentId' in place) showAgent(place.agentId)
  else showThread(place.threadId)
  showPane('tasks')
}

export function setAgentsTab(agentsTab: AgentsTab): void {
  useView.setState({ agentsTab })
}

/** Null leads back to all of them. */
export function showAgent(agentId: string | null): void {
  useView.setState({ agentId })
}

/** Null leads back to all of them. */
export function showThread(threadId: MailId | null): void {
  useView.setState({ threadId, agentsTab: 'mail' })
}

/** What the window shows; the choice itself is one of the preferences. */
export function setTheme(theme: Theme): void {
  useView.setState({ theme })
}

export function setSidebarOpen(sidebarOpen: boolean): void {
  remember(SIDEBAR, sidebarOpen ? null : 'closed')
  useView.setState({ sidebarOpen })
}

export function setTasksOpen(tasksOpen: boolean): void {
  remember(TASKS, tasksOpen ? null : 'closed')
  useView.setState({ tasksOpen })
}

export function showPane(pane: Pane): void {
  useView.setState({ pane })
}

export function setNotificationsOpen(notificationsOpen: boolean): void {
  useView.setState({ notificationsOpen })
}

export function openDialog(dialog: OpenDialog): void {
  useView.setState({ dialog, settingsItem: null, workflow: null })
}

/** Opens the form that starts a workflow. */
export function showWorkflow(workflow: string): void {
  useView.setState({ dialog: 'workflow', workflow })
}

/** Opens the settings, at a section or where they were left, and marks a setting in it. */
export function showSettings(section: string | null, item: string | null = null): void {
  const { settingsSection } = useView.getState()
  useView.setState({
    dialog: 'settings',
    settingsSection: section ?? settingsSection,
    settingsItem: item,
  })
}

function areaFrom(text: string | null): Area {
  return AREAS.find((area) => area === text) ?? 'chat'
}
