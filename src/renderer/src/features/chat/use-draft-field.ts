import { type RefObject, useEffect, useRef } from 'react'
import type { ConversationId } from '../../../../shared/model/ids.js'
import { DraftField } from './draft-field.js'

export interface DraftRefs {
  /** The element to write in, which whoever shows it fills. */
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly draft: RefObject<DraftField | null>
}

/** The field of a conversation, with what was typed for it before. */
export function useDraftField(conversationId: ConversationId | null): DraftRefs {
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useRef<DraftField>(null)
  useEffect(() => {
    if (field.current === null) return
    draft.current ??= new DraftField(field.current, conversationId)
    draft.current.turnTo(conversationId)
    field.current.focus()
  }, [conversationId])
  useEffect(() => {
    const save = () => draft.current?.save()
    window.addEventListener('pagehide', save)
    return () => {
      window.removeEventListener('pagehide', save)
      save()
      draft.current = null
    }
  }, [])
  return { field, draft }
}
