import type { ChatMessage, MessageActivity } from '../../../../shared/model/chat.js'

/** A stretch of text, and what the assistant did after it. */
export interface Segment {
  readonly text: string
  readonly activities: readonly MessageActivity[]
}

/** Cuts a reply where its tools were used. The last segment holds what was said after them. */
export function segmentsOf(message: Pick<ChatMessage, 'text' | 'activities'>): readonly Segment[] {
  const activities = [...(message.activities ?? [])].sort((a, b) => a.offset - b.offset)
  const segments: Segment[] = []
  let from = 0
  for (const activity of activities) {
    const to = Math.min(activity.offset, message.text.length)
    const last = segments.at(-1)
    if (last && to === from) {
      segments[segments.length - 1] = { ...last, activities: [...last.activities, activity] }
    } else segments.push({ text: message.text.slice(from, to), activities: [activity] })
    from = to
  }
  segments.push({ text: message.text.slice(from), activities: [] })
  return segments
}
