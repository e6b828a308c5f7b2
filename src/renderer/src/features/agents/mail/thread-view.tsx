import { ArrowLeft, Check } from 'lucide-react'
import { useEffect } from 'react'
import type { MailId } from '../../../../../shared/model/ids.js'
import type { MailView } from '../../../../../shared/model/mail.js'
import { useHost } from '../../../app/host.js'
import { useRead } from '../../../app/use-read.js'
import { useMail } from '../../../stores/mail.js'
import { showTask, showThread } from '../../../stores/view.js'
import { useText } from '../../../text/text.js'
import { Button } from '../../../ui/button.js'
import { failed } from '../../../ui/failure.js'
import { focusWhenFree } from '../../../ui/focus-when-free.js'
import { formatMoment } from '../../../ui/format.js'
import { IconButton } from '../../../ui/icon-button.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { useNow } from '../../../ui/time.js'
import { MailFacts } from './mail-facts.js'
import { answerable, partiesText, waitsForUser } from './mail-text.js'
import { ReplyForm } from './reply-form.js'

interface ThreadViewProps {
  readonly sessionId: string
  readonly threadId: MailId
}

/** Every mail of a thread, oldest first, and a field to go on with it. */
export function ThreadView({ sessionId, threadId }: ThreadViewProps) {
  const text = useText().mail
  const touched = useMail((state) => state.touched[threadId])
  const { value, error } = useRead('mail.thread', { mailId: threadId }, String(touched))
  useEffect(() => focusWhenFree('[data-thread-pane]'), [])
  const mails = value?.mails ?? []
  const answer = answerable(mails)
  return (
    <section
      data-thread-pane
      tabIndex={-1}
      aria-label={text.thread}
      className="flex h-full flex-col outline-none"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.target instanceof HTMLTextAreaElement) return
        event.stopPropagation()
        backToThreads(threadId)
      }}
    >
      <div className="flex shrink-0 items-center gap-1 border-b px-2 py-1.5">
        <IconButton
          small
          icon={ArrowLeft}
          label={text.all}
          onClick={() => backToThreads(threadId)}
        />
        <h3 className="min-w-0 flex-1 truncate px-1 font-medium" title={mails[0]?.subject}>
          {mails[0]?.subject || text.noSubject}
        </h3>
      </div>
      {value === null && error === null && <SkeletonRows rows={3} />}
      {error !== null && (
        <p role="alert" className="break-words p-4 text-bad">
          {text.threadNotRead(error)}
        </p>
      )}
      <ol
        aria-label={text.mails}
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3"
      >
        {mails.map((mail) => (
          <MailCard key={mail.mailId} mail={mail} />
        ))}
      </ol>
      {answer !== null && <ReplyForm sessionId={sessionId} answer={answer} />}
    </section>
  )
}

function backToThreads(threadId: MailId): void {
  showThread(null)
  focusWhenFree(`[data-thread="${threadId}"]`, '[data-pane="tasks"] [role="tab"]')
}

function MailCard({ mail }: { readonly mail: MailView }) {
  const host = useHost()
  const words = useText()
  const text = words.mail
  const now = useNow()
  const { mailId, taskId, subject, replyTo, body, error, awaitsReply } = mail
  const acknowledge = () => {
    host.call('mail.ack', { mailId }).catch(failed(text.notMarked))
  }
  return (
    <li className="rounded-md border bg-surface px-3 py-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-xs">
        <span className="font-medium text-sm">{partiesText(mail, words)}</span>
        <span className="figures text-muted">{formatMoment(mail.createdAt, now)}</span>
        <span className="ml-auto text-muted">
          <MailFacts mail={mail} />
        </span>
      </p>
      {replyTo === null ? null : <p className="mt-0.5 break-words text-muted text-xs">{subject}</p>}
      <p className="mt-1.5 whitespace-pre-wrap break-words">{body}</p>
      {awaitsReply && <p className="mt-1.5 text-warn text-xs">{text.awaitsReply}</p>}
      {error !== null && <p className="mt-1.5 break-words text-bad text-xs">{error}</p>}
      {(taskId !== null || waitsForUser(mail)) && (
        <p className="mt-2 flex flex-wrap items-center gap-3">
          {waitsForUser(mail) && (
            <Button small onClick={acknowledge}>
              <Check aria-hidden size={12} /> {text.markHandled}
            </Button>
          )}
          {taskId !== null && (
            <button
              type="button"
              data-task={taskId}
              className="rounded text-accent-text text-xs hover:underline"
              onClick={() => showTask(taskId)}
            >
              {text.ledTo}
            </button>
          )}
        </p>
      )}
    </li>
  )
}
