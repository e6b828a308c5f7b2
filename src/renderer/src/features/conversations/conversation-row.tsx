import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Conversation } from '../../../../shared/model/chat.js'
import { useHost } from '../../app/host.js'
import { showConversation } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { failed } from '../../ui/failure.js'
import { INPUT } from '../../ui/field.js'
import { IconButton } from '../../ui/icon-button.js'
import { Menu, MenuItem } from '../../ui/menu.js'

interface ConversationRowProps {
  readonly conversation: Conversation
  readonly selected: boolean
  readonly first: boolean
  readonly onDelete: (conversation: Conversation) => void
}

export function ConversationRow({ conversation, selected, first, onDelete }: ConversationRowProps) {
  const [renaming, setRenaming] = useState(false)
  const text = useText().chat.conversations
  const { conversationId, title, busy } = conversation
  if (renaming) return <RenameField conversation={conversation} onDone={() => setRenaming(false)} />
  return (
    <div
      className={cx(
        'group flex h-8 items-center rounded-md pr-1',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        data-row
        aria-current={selected ? 'true' : undefined}
        tabIndex={selected || first ? 0 : -1}
        onClick={() => showConversation(conversationId)}
        onDoubleClick={() => setRenaming(true)}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md pl-2.5 text-left"
      >
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {busy && <span role="img" aria-label={text.replying} className="busy-dot" />}
      </button>
      <div className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100">
        <Menu trigger={<IconButton small icon={Ellipsis} label={text.more(title)} />}>
          <MenuItem onSelect={() => setRenaming(true)}>
            <Pencil aria-hidden size={14} /> {text.rename}
          </MenuItem>
          <MenuItem danger onSelect={() => onDelete(conversation)}>
            <Trash2 aria-hidden size={14} /> {text.remove}
          </MenuItem>
        </Menu>
      </div>
    </div>
  )
}

interface RenameFieldProps {
  readonly conversation: Conversation
  readonly onDone: () => void
}

function RenameField({ conversation, onDone }: RenameFieldProps) {
  const host = useHost()
  const text = useText().chat.conversations
  const { conversationId } = conversation
  const save = (typed: string) => {
    const title = typed.trim()
    onDone()
    if (title === '' || title === conversation.title) return
    host.call('chat.rename', { conversationId, title }).catch(failed(text.notRenamed))
  }
  return (
    <input
      aria-label={text.newName}
      className={INPUT}
      defaultValue={conversation.title}
      maxLength={200}
      ref={(input) => input?.select()}
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') onDone()
      }}
    />
  )
}
