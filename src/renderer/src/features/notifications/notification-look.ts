import {
  Ban,
  CircleCheck,
  Layers,
  ListTree,
  type LucideIcon,
  MessageCircleQuestionMark,
  TrendingUp,
  XCircle,
} from 'lucide-react'
import type { Notification, NotificationKind } from '../../../../shared/model/notification.js'

/** What a notification looks like in a list; its words say the same. */
export const LOOKS: Readonly<
  Record<NotificationKind, { readonly icon: LucideIcon; readonly color: string }>
> = {
  progress: { icon: TrendingUp, color: 'text-accent-text' },
  completed: { icon: CircleCheck, color: 'text-good' },
  failed: { icon: XCircle, color: 'text-bad' },
  cancelled: { icon: Ban, color: 'text-muted' },
  summary: { icon: Layers, color: 'text-accent-text' },
  question: { icon: MessageCircleQuestionMark, color: 'text-warn' },
  approval: { icon: ListTree, color: 'text-warn' },
}

export interface Day {
  /** Epoch ms of its beginning, on the clock of this window. */
  readonly start: number
  readonly items: readonly Notification[]
}

/** By the days of this window's clock, in the order in which they come. */
export function daysOf(items: readonly Notification[]): readonly Day[] {
  const days: { start: number; items: Notification[] }[] = []
  for (const item of items) {
    const start = startOfDay(item.createdAt)
    const day = days.find((known) => known.start === start)
    if (day === undefined) days.push({ start, items: [item] })
    else day.items.push(item)
  }
  return days
}

/** How many days lie between a day and now. */
export function daysAgo(start: number, now: number): number {
  return Math.round((startOfDay(now) - start) / 86_400_000)
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
