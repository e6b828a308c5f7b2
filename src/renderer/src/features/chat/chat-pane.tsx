import { CornerUpLeft, PanelLeft, PanelRight } from 'lucide-react'
import { useEffect } from 'react'
import type { BranchPoint } from '../../../../shared/model/chat.js'
import { useKeys } from '../../app/commands/bindings.js'
import { useHost } from '../../app/host.js'
import { leadTo, useChatView } from '../../stores/chat-view.js'
import { useConversations } from '../../stores/conversations.js'
import { useMessages } from '../../stores/messages.js'
import { useSettings } from '../../stores/settings.js'
import { setSidebarOpen, setTasksOpen, showConversation, useView } from '../../stores/view.js'
import { currentText, useText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'
import { folderName } from '../../ui/format.js'
import { IconButton } from '../../ui/icon-button.js'
import { isolated } from '../../ui/isolated.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { ChatQuestions } from '../questions/chat-questions.js'
import { Composer } from './composer.js'
import { EmptyChat } from './empty-chat.js'
import { FindBar } from './find-bar.js'
import { MessageList } from './message-list.js'
import { OpenTasks } from './open-tasks.js'
import { QueuePanel } from './queue-panel.js'
import { ReplyStatus } from './reply-status.js'
import { useDraftField } from './use-draft-field.js'

export function ChatPane({ narrow }: { readonly narrow: boolean }) {
  const id = useView((view) => view.conversationId)
  const loaded = useMessages((state) => id !== null && (state.threads[id]?.loaded ?? false))
  const empty = useMessages((state) => id !== null && state.threads[id]?.order.length === 0)
  const finding = useChatView((view) => view.finding)
  const text = useText().chat
  useOpenConversation()
  const refs = useDraftField(id)
  return (
    <section aria-label={text.label} className="flex h-full flex-col bg-surface">
      <ChatHeader narrow={narrow} />
      <div className="relative flex min-h-0 flex-1 flex-col">
        {id !== null && !loaded && <SkeletonRows rows={5} />}
        {(id === null || (loaded && empty)) && <EmptyChat conversationId={id} />}
        {id !== null && loaded && !empty && <MessageList key={id} conversationId={id} />}
        {id !== null && finding !== null && (
          <FindBar key={`find-${id}`} conversationId={id} query={finding} />
        )}
      </div>
      <div className="mx-auto w-full max-w-3xl px-5 pb-4 low:pb-1.5">
        {id !== null && <OpenTasks conversationId={id} />}
        {id !== null && <ChatQuestions conversationId={id} />}
        {id !== null && <QueuePanel conversationId={id} draft={refs.draft} />}
        <ReplyStatus conversationId={id} />
        <Composer conversationId={id} refs={refs} />
      </div>
    </section>
  )
}

function ChatHeader({ narrow }: { readonly narrow: boolean }) {
  const text = useText().chat
  const sidebarKeys = useKeys('view.conversations')
  const tasksKeys = useKeys('view.tasks')
  const sidebarOpen = useView((view) => view.sidebarOpen)
  const tasksOpen = useView((view) => view.tasksOpen)
  const conversation = useConversations((state) => {
    const id = useView.getState().conversationId
    return id === null ? undefined : state.byId[id]
  })
  const id = useView((view) => view.conversationId)
  const fallback = useSettings((state) => state.settings?.workspace ?? '')
  const workspace = (id !== null && conversation?.workspace) || fallback
  return (
    <PaneHeader
      title={
        <span className="flex items-baseline gap-2.5">
          <span className="truncate">
            {id === null ? text.newChat : (conversation?.title ?? text.untitled)}
          </span>
          <span className="shrink-0 truncate font-normal text-faint text-xs" title={workspace}>
            {folderName(workspace)}
          </span>
          {conversation?.branchedFrom && <Origin point={conversation.branchedFrom} />}
        </span>
      }
      before={
        !narrow && (
          <IconButton
            icon={PanelLeft}
            label={sidebarOpen ? text.hideChats : text.showChats}
            keys={sidebarKeys}
            aria-expanded={sidebarOpen}
            onClick={() => setSidebarOpen(!sidebarOpen)}
          />
        )
      }
    >
      {!narrow && (
        <IconButton
          icon={PanelRight}
          label={tasksOpen ? text.hideTasks : text.showTasks}
          keys={tasksKeys}
          aria-expanded={tasksOpen}
          onClick={() => setTasksOpen(!tasksOpen)}
        />
      )}
    </PaneHeader>
  )
}

/** Leads back to the message that a branch goes on from; nothing where that chat is gone. */
function Origin({ point }: { readonly point: BranchPoint }) {
  const text = useText().chat.branch
  const title = useConversations((state) => state.byId[point.conversationId]?.title)
  if (title === undefined) return null
  const origin = text.from(isolated(title))
  const lead = () => {
    showConversation(point.conversationId)
    leadTo({ ...point, order: 0 })
  }
  return (
    <button
      type="button"
      onClick={lead}
      title={origin}
      className="inline-flex min-w-0 items-center gap-1 rounded font-normal text-accent-text text-xs hover:underline"
    >
      <CornerUpLeft aria-hidden size={12} className="shrink-0" />
      <span className="truncate">{origin}</span>
    </button>
  )
}

/** Reads the conversation that is shown, where its messages are not here yet. */
function useOpenConversation(): void {
  const host = useHost()
  const id = useView((view) => view.conversationId)
  const known = useConversations((state) => id !== null && state.byId[id] !== undefined)
  const loaded = useMessages((state) => id !== null && (state.threads[id]?.loaded ?? false))
  useEffect(() => {
    if (id === null || !known || loaded) return
    host.openConversation(id).catch(failed(currentText().chat.notRead))
  }, [host, id, known, loaded])
}
