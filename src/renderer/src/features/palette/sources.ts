import type { Preferences } from '../../../../shared/model/preferences.js'
import { isTerminal, type TaskView } from '../../../../shared/model/task.js'
import type { ResultOf } from '../../../../shared/rpc/contract.js'
import { ALL_COMMANDS } from '../../app/commands/all-commands.js'
import { strokesOf } from '../../app/commands/bindings.js'
import { canHear, strokeLabel } from '../../app/keys.js'
import { useAgents } from '../../stores/agents.js'
import { newestFirst, useConversations } from '../../stores/conversations.js'
import { useSettings } from '../../stores/settings.js'
import { useTasks } from '../../stores/tasks.js'
import {
  leadToAgents,
  showConversation,
  showSettings,
  showTask,
  showWorkflow,
  useView,
} from '../../stores/view.js'
import type { Text } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { folderName } from '../../ui/format.js'
import { allSettings } from '../settings/setting-index.js'
import type { PaletteItem } from './rank.js'

/** Rows of which only the newest are looked through here; the host is asked for the others. */
const MOST_TASKS = 1000

/** What this window knows at this moment. */
export function itemsOfWindow(text: Text): readonly PaletteItem[] {
  const { settings } = useSettings.getState()
  return [
    ...hereItems(text),
    ...commandItems(text, settings?.preferences.shortcuts ?? {}),
    ...conversationItems(text),
    ...newestTasks().map((task) => taskItem(task)),
    ...agentItems(),
    ...settingItems(text),
    ...workspaceItems(settings?.workspaces ?? [], settings?.workspace ?? '', text),
  ]
}

/** What can be done to the task that is shown. */
function hereItems(text: Text): readonly PaletteItem[] {
  const { taskId } = useView.getState()
  const task = taskId === null ? undefined : useTasks.getState().byId[taskId]
  if (task === undefined) return []
  const { palette } = text
  const { id, description } = task
  const call = (method: 'task.cancel' | 'task.retry' | 'task.runNow', title: string) => ({
    id: `here.${method}`,
    group: 'here' as const,
    title,
    run: (host: Parameters<PaletteItem['run']>[0]) => {
      host.call(method, { taskId: id }).catch(failed(palette.notDone))
    },
  })
  return [
    ...(task.state === 'failed' || task.state === 'cancelled'
      ? [call('task.retry', palette.retryTask(description))]
      : []),
    ...(isTerminal(task.state) ? [] : [call('task.cancel', palette.cancelTask(description))]),
    ...(task.state === 'pending' ? [call('task.runNow', palette.runNow(description))] : []),
    {
      id: 'here.copyId',
      group: 'here',
      title: palette.copyTaskId(description),
      run: () => {
        navigator.clipboard.writeText(id).catch(failed(palette.notDone))
      },
    },
  ]
}

function commandItems(text: Text, shortcuts: Preferences['shortcuts']): readonly PaletteItem[] {
  return ALL_COMMANDS.filter(
    ({ id, enabled }) => id !== 'app.palette' && (enabled?.() ?? true),
  ).map((command) => {
    const stroke = strokesOf(command, shortcuts).find(canHear)
    return {
      id: `command.${command.id}`,
      group: 'commands',
      title: command.title(text),
      keys: stroke === undefined ? undefined : strokeLabel(stroke),
      words: text.commands.groups[command.group],
      run: command.run,
    }
  })
}

function conversationItems(text: Text): readonly PaletteItem[] {
  return newestFirst(useConversations.getState()).map(({ conversationId, title, workspace }) => ({
    id: conversationId,
    group: 'conversations',
    title: title || text.palette.untitled,
    detail: workspace && folderName(workspace),
    run: () => showConversation(conversationId),
  }))
}

function newestTasks(): readonly TaskView[] {
  return Object.values(useTasks.getState().byId)
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, MOST_TASKS)
}

export function taskItem(task: TaskView): PaletteItem {
  return {
    id: task.id,
    group: 'tasks',
    title: task.description,
    detail: folderName(task.workspace),
    words: `${task.id} ${task.type} ${task.agentType} ${task.state}`,
    run: () => showTask(task.id),
  }
}

/** Of the session that is shown; others are not read. */
function agentItems(): readonly PaletteItem[] {
  const { byId, sessionId } = useAgents.getState()
  return Object.entries(byId).map(([agentId, { state }]) => ({
    id: `agent.${sessionId}.${agentId}`,
    group: 'agents',
    title: agentId,
    detail: sessionId ?? '',
    words: state,
    run: () => leadToAgents({ agentId }),
  }))
}

function settingItems(text: Text): readonly PaletteItem[] {
  return allSettings(text).map(({ item, section, title, hint }) => ({
    id: `setting.${item}`,
    group: 'settings',
    title: text.palette.openSetting(title, text.settings.sections[section]),
    words: `${hint} ${item}`,
    run: () => showSettings(section, item),
  }))
}

function workspaceItems(
  workspaces: readonly string[],
  standard: string,
  text: Text,
): readonly PaletteItem[] {
  const { palette } = text
  return workspaces.flatMap((workspace): PaletteItem[] => {
    const folder = folderName(workspace)
    const common = { group: 'workspaces', detail: workspace } as const
    const chat: PaletteItem = {
      ...common,
      id: `chat-in.${workspace}`,
      title: palette.newChatIn(folder),
      run: (host) => {
        host
          .call('chat.create', { workspace })
          .then(({ conversationId }) => showConversation(conversationId), failed(palette.notDone))
      },
    }
    if (workspace === standard) return [chat]
    const choose: PaletteItem = {
      ...common,
      id: `work-in.${workspace}`,
      title: palette.makeDefault(folder),
      run: (host) => {
        host.call('settings.set', { workspace }).catch(failed(palette.notDone))
      },
    }
    return [chat, choose]
  })
}

export function workflowItems(
  { workflows }: ResultOf<'workflow.list'>,
  text: Text,
): readonly PaletteItem[] {
  return workflows.map(({ name, description }) => ({
    id: `workflow.${name}`,
    group: 'workflows',
    title: text.palette.startWorkflow(name),
    detail: description,
    run: () => showWorkflow(name),
  }))
}
