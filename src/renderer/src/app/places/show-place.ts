import { toast } from 'sonner'
import type { BlockerId, ConversationId, TaskId } from '../../../../shared/model/ids.js'
import type { Place } from '../../../../shared/model/place.js'
import { AppError } from '../../../../shared/rpc/errors.js'
import { isSection } from '../../features/settings/setting-index.js'
import { useBlockers, withBlocker } from '../../stores/blockers.js'
import { useConversations } from '../../stores/conversations.js'
import { askHistory } from '../../stores/history.js'
import { useTasks, withDetails } from '../../stores/tasks.js'
import { showArea, showConversation, showSettings, showTask } from '../../stores/view.js'
import { currentText } from '../../text/text.js'
import { showFailure } from '../../ui/failure.js'
import type { Host } from '../host.js'

/** Leads to a place, or says that there is no such thing. Null: a link that leads nowhere. */
export async function showPlace(host: Host, place: Place | null): Promise<void> {
  switch (place?.kind) {
    case 'task':
      await showThatTask(host, place.taskId)
      return
    case 'conversation':
      showThatConversation(place.conversationId)
      return
    case 'question':
      await showThatQuestion(host, place.blockerId)
      return
    case 'inbox':
      showArea('inbox')
      return
    case 'tasks':
      showArea('tasks')
      return
    case 'history':
      askHistory({ filter: place.query === '' ? {} : { query: place.query }, span: 'any' })
      showArea('history')
      return
    case 'settings':
      if (place.section !== null && !isSection(place.section)) {
        toast.error(currentText().places.noSettings(place.section))
      }
      showSettings(place.section)
      return
    default:
      toast.error(currentText().places.noPlace)
  }
}

async function showThatTask(host: Host, taskId: TaskId): Promise<void> {
  const { places } = currentText()
  try {
    if (useTasks.getState().byId[taskId] === undefined) {
      const { task } = await host.call('task.get', { taskId })
      useTasks.setState((state) => withDetails(state, task))
    }
    showTask(taskId)
  } catch (error) {
    notShown(error, places.noTask(taskId), places.notShown)
  }
}

function showThatConversation(conversationId: ConversationId): void {
  // All of them are known, also those that are not in sight.
  if (useConversations.getState().byId[conversationId]) showConversation(conversationId)
  else toast.error(currentText().places.noConversation(conversationId))
}

/** In the conversation that it came up in, and with its task beside it. */
async function showThatQuestion(host: Host, blockerId: BlockerId): Promise<void> {
  const { places } = currentText()
  try {
    const known = useBlockers.getState().byId[blockerId]
    const { blocker } = known ? { blocker: known } : await host.call('blocker.get', { blockerId })
    if (!known) useBlockers.setState((state) => withBlocker(state, blocker))
    if (blocker.conversationId !== undefined) showConversation(blocker.conversationId)
    await showThatTask(host, blocker.taskId)
  } catch (error) {
    notShown(error, places.noQuestion(blockerId), places.notShown)
  }
}

function notShown(error: unknown, absent: string, otherwise: string): void {
  if (error instanceof AppError && error.code === 'not_found') toast.error(absent)
  else showFailure(otherwise, error)
}
