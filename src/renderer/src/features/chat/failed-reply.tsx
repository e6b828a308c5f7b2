import { RotateCcw } from 'lucide-react'
import type { ChatMessage } from '../../../../shared/model/chat.js'
import { useHost } from '../../app/host.js'
import { currentText, useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { failed } from '../../ui/failure.js'

interface FailedReplyProps {
  readonly message: ChatMessage
  /** Only says what happened, without offering to try again. */
  readonly quiet?: boolean
}

export function FailedReply({ message, quiet = false }: FailedReplyProps) {
  const host = useHost()
  const text = useText().chat.failed
  const { conversationId, messageId, error } = message
  const broken = message.state === 'failed'
  const retry = () => {
    host
      .call('chat.retry', { conversationId, messageId })
      .then(() => host.openConversation(conversationId))
      .catch(failed(currentText().chat.failed.notRetried))
  }
  const mayRetry = !quiet && (error === undefined || error.retryable)
  return (
    <div
      role={broken ? 'alert' : 'note'}
      className={cx(
        'mt-2 flex items-center gap-3 rounded-md border px-3 py-2',
        broken ? 'border-bad/40 bg-bad-soft' : 'text-muted',
      )}
    >
      <p className="min-w-0 flex-1 break-words">
        {broken && <strong className="font-semibold text-bad">{text.title} </strong>}
        {broken ? (error?.message ?? text.noReason) : text.stopped}
      </p>
      {mayRetry && (
        <Button small onClick={retry}>
          <RotateCcw aria-hidden size={13} /> {text.retry}
        </Button>
      )}
    </div>
  )
}
