import { CircleAlert, Wrench } from 'lucide-react'
import type { ChatMessage, MessageActivity } from '../../../../shared/model/chat.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'
import { Markdown } from '../markdown/markdown.js'
import { segmentsOf } from './segments.js'

/** A reply with what the assistant did in the places where it did it. */
export function AssistantText({ message }: { readonly message: ChatMessage }) {
  const text = useText().chat.message
  const segments = segmentsOf(message)
  return segments.map((segment, index) => (
    <div key={index}>
      {segment.text.trim() !== '' && (
        <Markdown
          text={segment.text}
          growing={message.state === 'streaming' && index === segments.length - 1}
        />
      )}
      {segment.activities.length > 0 && (
        <ul className="my-2 flex flex-wrap gap-1.5" aria-label={text.whatItDid}>
          {segment.activities.map((activity) => (
            <li
              key={`${activity.offset}-${activity.tool}-${activity.summary}`}
              className="max-w-full"
            >
              <Activity activity={activity} />
            </li>
          ))}
        </ul>
      )}
    </div>
  ))
}

const CHIP = 'inline-flex h-6 max-w-full items-center gap-1.5 rounded-md border px-2 text-xs'

function Activity({ activity }: { readonly activity: MessageActivity }) {
  const { taskId, isError, summary } = activity
  const Icon = isError ? CircleAlert : Wrench
  const content = (
    <>
      <Icon aria-hidden size={13} strokeWidth={1.75} className="shrink-0" />
      <span className="truncate">{summary}</span>
    </>
  )
  if (taskId === undefined) {
    return (
      <span className={cx(CHIP, isError ? 'text-bad' : 'text-muted')} title={summary}>
        {content}
      </span>
    )
  }
  return (
    <button
      type="button"
      title={summary}
      className={cx(CHIP, 'text-accent-text hover:bg-hover')}
      onClick={() => showTask(taskId)}
    >
      {content}
    </button>
  )
}
