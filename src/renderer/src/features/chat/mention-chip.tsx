import { Bot, File, Folder, ListTodo } from 'lucide-react'
import type { Mention } from '../../../../shared/model/chat.js'
import { TaskId } from '../../../../shared/model/ids.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'

export const MENTION_ICONS = { file: File, folder: Folder, task: ListTodo, agent: Bot } as const

const CHIP =
  'mx-px inline-flex max-w-full items-baseline gap-1 rounded border bg-surface px-1 align-baseline text-[0.92em]'

/** What a message points at, in its running text; a task leads to itself. */
export function MentionChip({ mention }: { readonly mention: Mention }) {
  const { kind, target } = mention
  const text = useText()
  const taskId = kind === 'task' ? TaskId.safeParse(target).data : undefined
  const description = useTasks((state) =>
    taskId === undefined ? undefined : state.byId[taskId]?.description,
  )
  const Icon = MENTION_ICONS[kind]
  const content = (
    <>
      <Icon aria-hidden size={12} strokeWidth={1.75} className="shrink-0 self-center" />
      <span className="min-w-0 break-all">{description ?? target}</span>
    </>
  )
  if (taskId === undefined) return <span className={`${CHIP} text-muted`}>{content}</span>
  return (
    <button
      type="button"
      aria-label={text.chat.mentions.showTask(description ?? target)}
      className={`${CHIP} text-accent-text hover:bg-hover`}
      onClick={() => showTask(taskId)}
    >
      {content}
    </button>
  )
}
