import {
  FileDiff,
  Hourglass,
  ListTree,
  type LucideIcon,
  Mail,
  MessageCircleQuestionMark,
  PlugZap,
  XCircle,
} from 'lucide-react'
import type { InboxItem, InboxKind } from '../../../../shared/model/inbox.js'
import type { Text } from '../../text/text.js'
import { isolated } from '../../ui/isolated.js'

/** What an item looks like in a list; the colour never says anything alone. */
export const LOOKS: Readonly<
  Record<InboxKind, { readonly icon: LucideIcon; readonly color: string }>
> = {
  model: { icon: PlugZap, color: 'text-bad' },
  question: { icon: MessageCircleQuestionMark, color: 'text-warn' },
  plan: { icon: ListTree, color: 'text-warn' },
  stalled: { icon: Hourglass, color: 'text-warn' },
  failure: { icon: XCircle, color: 'text-bad' },
  change: { icon: FileDiff, color: 'text-accent-text' },
  mail: { icon: Mail, color: 'text-accent-text' },
}

/** The second line of an item. */
export function detailOf(item: InboxItem, text: Text['inbox']): string {
  switch (item.kind) {
    case 'model':
      return text.remedies[item.trouble.reason]
    case 'question':
      if (item.blocker.state !== 'open') return text.answeredElsewhere
      return item.blocker.kind === 'sync' ? text.taskWaits : ''
    case 'plan':
      return text.parts(item.plan.parts.length)
    case 'stalled':
      return item.stalled.detail
    case 'failure':
      return item.error.message
    case 'change':
      return item.worktree.branch ?? item.worktree.path
    case 'mail':
      return text.from(isolated(item.mail.from))
  }
}

/** The title of an item as the list shows it. */
export function titleOf(item: InboxItem, text: Text['inbox']): string {
  if (item.kind === 'model') return text.troubles[item.trouble.reason]
  return item.title
}

/** One that leaves the inbox without an answer. */
export function isDismissible({ actions }: InboxItem): boolean {
  return actions.includes('dismiss') || actions.includes('read')
}
