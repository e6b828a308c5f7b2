import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { VList } from 'virtua'
import type { Conversation } from '../../../../shared/model/chat.js'
import { useKeys } from '../../app/commands/bindings.js'
import { useHost } from '../../app/host.js'
import { newestFirst, useConversations } from '../../stores/conversations.js'
import { showConversation, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { IconButton } from '../../ui/icon-button.js'
import { isolated } from '../../ui/isolated.js'
import { moveFocus } from '../../ui/move-focus.js'
import { PaneHeader, SkeletonRows } from '../../ui/pane.js'
import { ConversationRow } from './conversation-row.js'

export function ConversationList() {
  const host = useHost()
  const { newChat, conversations: text } = useText().chat
  const state = useConversations()
  const list = useMemo(() => newestFirst(state), [state])
  const selected = useView((view) => view.conversationId)
  const newChatKeys = useKeys('chat.new')
  const [deleting, setDeleting] = useState<Conversation | null>(null)

  const remove = ({ conversationId }: Conversation) => {
    host.call('chat.delete', { conversationId }).then(() => {
      if (useView.getState().conversationId === conversationId) showConversation(null)
    }, failed(text.notDeleted))
  }

  return (
    <section aria-label={text.label} className="flex h-full flex-col bg-bg">
      <PaneHeader title={text.title}>
        <IconButton
          icon={Plus}
          label={newChat}
          keys={newChatKeys}
          onClick={() => showConversation(null)}
        />
      </PaneHeader>
      {!state.loaded && <SkeletonRows rows={4} />}
      {state.loaded && list.length === 0 && <p className="p-4 text-muted">{text.none}</p>}
      {list.length > 0 && (
        <div className="min-h-0 flex-1" onKeyDown={moveFocus}>
          <VList className="px-2 py-1.5" data={list}>
            {(conversation) => (
              <ConversationRow
                key={conversation.conversationId}
                conversation={conversation}
                selected={conversation.conversationId === selected}
                first={conversation === list[0]}
                onDelete={setDeleting}
              />
            )}
          </VList>
        </div>
      )}
      {deleting && (
        <ConfirmDialog
          title={text.askDelete}
          description={text.aboutDelete(isolated(deleting.title))}
          confirm={text.confirmDelete}
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(null)}
        />
      )}
    </section>
  )
}
