import { CornerDownLeft, Workflow } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { openDialog } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { IconButton } from '../../ui/icon-button.js'
import { MENTION_LIST, MentionList, optionId } from './mention-list.js'
import { sendMessage } from './send-message.js'
import type { DraftRefs } from './use-draft-field.js'
import { type Mentions, useMentions } from './use-mentions.js'

interface ComposerProps {
  readonly conversationId: ConversationId | null
  readonly refs: DraftRefs
}

/**
 * Where a person writes. The field belongs to the browser: nothing is rendered while typing, and
 * what is typed stays in it until the host has accepted it.
 */
export function Composer({ conversationId, refs }: ComposerProps) {
  const host = useHost()
  const { field, draft } = refs
  const sending = useRef(false)
  const [error, setError] = useState<string | null>(null)
  const ready = useConnection((state) => state.phase.name === 'ready')
  const text = useText().chat.composer
  const mentions = useMentions(field, conversationId, () => draft.current?.typed())

  const send = () => {
    const current = draft.current
    const text = current?.text ?? ''
    if (current === null || text.trim() === '' || sending.current) return
    sending.current = true
    mentions.close()
    current.save()
    sendMessage(host, current.owner, text, (id) => current.became(id))
      .then((id) => {
        current.accepted(id, text)
        setError(null)
      })
      .catch((reason: unknown) => setError(messageOf(reason)))
      .finally(() => {
        sending.current = false
      })
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className="relative rounded-[10px] border border-border-strong/60 bg-surface focus-within:border-accent-text"
    >
      <MentionList mentions={mentions} />
      <Field field={field} mentions={mentions} send={send} typed={() => draft.current?.typed()} />
      <div className="flex h-10 low:h-8 items-center gap-2 pr-1.5 pl-3.5">
        <p id="composer-note" className="min-w-0 flex-1 truncate text-faint text-xs">
          {error !== null && (
            <span role="alert" className="text-bad">
              {text.notSent(error)}
            </span>
          )}
          {error === null && !ready && text.offline}
          {error === null && ready && text.hint}
        </p>
        <IconButton
          icon={Workflow}
          label={text.workflow}
          disabled={!ready}
          onClick={() => openDialog('workflow')}
        />
        <Button kind="primary" small className="h-7" type="submit" disabled={!ready}>
          {text.send} <CornerDownLeft aria-hidden size={13} />
        </Button>
      </div>
    </form>
  )
}

interface FieldProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly mentions: Mentions
  readonly send: () => void
  readonly typed: () => void
}

function Field({ field, mentions, send, typed }: FieldProps) {
  const text = useText().chat.composer
  const { open } = mentions
  const active = open?.options?.length ? optionId(open.active) : undefined
  return (
    <textarea
      ref={field}
      id="composer"
      dir="auto"
      aria-label={text.label}
      aria-describedby="composer-note"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls={open === null ? undefined : MENTION_LIST}
      aria-activedescendant={active}
      placeholder={text.placeholder}
      rows={2}
      onInput={() => {
        typed()
        mentions.look()
      }}
      onSelect={mentions.look}
      onBlur={mentions.close}
      onKeyDown={(event) => onKey(event, mentions, send)}
      className="field-sizing-content block max-h-64 min-h-14 low:max-h-24 low:min-h-9 w-full resize-none bg-transparent px-3.5 pt-2.5 low:pt-1.5 text-base leading-relaxed outline-none placeholder:text-faint"
    />
  )
}

function onKey(
  event: KeyboardEvent<HTMLTextAreaElement>,
  mentions: Mentions,
  send: () => void,
): void {
  // While an input method composes a character, its keys belong to it.
  if (event.nativeEvent.isComposing) return
  if (!event.shiftKey && mentions.key(event.key)) {
    event.preventDefault()
    event.stopPropagation()
  } else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    send()
  }
}
