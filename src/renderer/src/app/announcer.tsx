import { create } from 'zustand'
import type { HostEvent } from '../stores/host-event.js'
import { useTasks } from '../stores/tasks.js'
import { useView } from '../stores/view.js'
import { announcementOf } from './announcements.js'

/** Screen readers speak what changes in here, after what they are saying. */
const useAnnouncement = create<{ readonly text: string }>(() => ({ text: '' }))

/** Hears the live events of a session. Called once per batch. */
export function announce(events: readonly HostEvent[]): void {
  const { conversationId } = useView.getState()
  const { byId } = useTasks.getState()
  const nameOf = (id: string) =>
    (byId as Record<string, { description: string }>)[id]?.description ?? id
  const texts = events.map((event) => announcementOf(event, conversationId, nameOf)).filter(Boolean)
  if (texts.length > 0) announceText(texts.join('. '))
}

/** Speaks what a person's own action led to, where only the eye would tell. */
export function announceText(text: string): void {
  useAnnouncement.setState({ text })
}

export function Announcer() {
  const text = useAnnouncement((state) => state.text)
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  )
}
