import type { InboxItem, InboxKind } from '../../../shared/model/inbox.js'
import type { ResultOf } from '../../../shared/rpc/contract.js'
import { truncate } from '../../../shared/text/terminal-text.js'
import type { Terminal } from '../terminal.js'
import { formatAgo } from './duration.js'

const LONGEST_LINE = 200

const HEADINGS: Readonly<Record<InboxKind, string>> = {
  model: 'The model does not answer',
  question: 'Questions',
  plan: 'Plans that wait for your approval',
  stalled: 'Tasks without a sign of life',
  failure: 'Failed tasks',
  change: 'Changes that wait for a decision',
  mail: 'Mail',
}

/** What waits, by kind, each with the command that answers it. */
export function inboxLines(
  { items, counts }: Pick<ResultOf<'inbox.list'>, 'items' | 'counts'>,
  terminal: Terminal,
  nowMs: number,
): string[] {
  if (items.length === 0) return ['Nothing waits for you.']
  const plain = (text: string) => truncate(terminal.foreignLine(text), LONGEST_LINE)
  const lines: string[] = []
  let kind: InboxKind | null = null
  for (const item of items) {
    if (item.kind !== kind) {
      kind = item.kind
      lines.push(terminal.style('bold', `${HEADINGS[kind]} (${counts.byKind[kind]}):`))
    }
    lines.push(`  - ${plain(item.title)}`)
    lines.push(`      ${[formatAgo(item.since, nowMs), ...detailsOf(item).map(plain)].join(' · ')}`)
    lines.push(`      ${commandOf(item)}`)
  }
  return lines
}

function detailsOf(item: InboxItem): string[] {
  switch (item.kind) {
    case 'model':
      return [item.trouble.remedy]
    case 'question':
      return item.blocker.kind === 'sync' ? ['its task waits'] : []
    case 'plan':
      return [`${item.plan.parts.length} parts`]
    case 'stalled':
      return [item.stalled.detail]
    case 'failure':
      return [`${item.error.code}: ${item.error.message}`]
    case 'change':
      return item.worktree.branch === undefined
        ? [item.worktree.state]
        : [item.worktree.state, item.worktree.branch]
    case 'mail':
      return [`from ${item.mail.from}`]
  }
}

function commandOf(item: InboxItem): string {
  const { taskId } = item
  switch (item.kind) {
    case 'model':
      return `smart-agents inbox dismiss ${item.id}`
    case 'question':
      return `smart-agents blockers answer ${item.blocker.id} "…"`
    case 'plan':
      return `smart-agents plan approve ${taskId}   (or: plan show, edit, reject)`
    case 'stalled':
      return `smart-agents logs ${taskId}   (or: cancel ${taskId}, inbox dismiss ${item.id})`
    case 'failure':
      return `smart-agents retry ${taskId}   (or: logs ${taskId}, inbox dismiss ${item.id})`
    case 'change':
      return `smart-agents changes ${taskId}`
    case 'mail':
      return `smart-agents mail reply ${item.mail.mailId} "…"   (or: inbox dismiss ${item.id})`
  }
}
