import { PenLine } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useHost } from '../../../app/host.js'
import { newestThreads, type Thread, useMail } from '../../../stores/mail.js'
import { showThread, useView } from '../../../stores/view.js'
import { useText } from '../../../text/text.js'
import { Button } from '../../../ui/button.js'
import { cx } from '../../../ui/class-names.js'
import { failed } from '../../../ui/failure.js'
import { formatMoment } from '../../../ui/format.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { useNow } from '../../../ui/time.js'
import { ComposeMail } from './compose-mail.js'
import { MailFacts } from './mail-facts.js'
import { partiesText, waitsForUser } from './mail-text.js'
import { ThreadView } from './thread-view.js'

/** The mail of a session: its threads, or one of them in full. */
export function MailTab({ sessionId }: { readonly sessionId: string }) {
  const threadId = useView((view) => view.threadId)
  if (threadId !== null) {
    return <ThreadView key={threadId} sessionId={sessionId} threadId={threadId} />
  }
  return <ThreadList sessionId={sessionId} />
}

function ThreadList({ sessionId }: { readonly sessionId: string }) {
  const host = useHost()
  const state = useMail()
  const threads = useMemo(() => newestThreads(state), [state])
  const text = useText().mail
  const [writing, setWriting] = useState(false)
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 items-center gap-2 border-b px-4 py-2">
        <p className="min-w-0 flex-1 text-muted text-xs">{text.between}</p>
        <Button small onClick={() => setWriting(true)}>
          <PenLine aria-hidden size={12} strokeWidth={1.75} /> {text.write}
        </Button>
      </div>
      {state.error !== null && (
        <div role="alert" className="flex items-start gap-3 p-4">
          <p className="min-w-0 flex-1 break-words text-bad">{text.notRead(state.error)}</p>
          <Button small onClick={() => void host.readAgents()}>
            {text.tryAgain}
          </Button>
        </div>
      )}
      {!state.loaded && state.error === null && <SkeletonRows rows={4} />}
      {state.loaded && threads.length === 0 && <p className="p-4 text-muted">{text.none}</p>}
      {threads.length > 0 && (
        <ul aria-label={text.threads} className="min-h-0 flex-1 divide-y overflow-y-auto">
          {threads.map((thread) => (
            <ThreadRow key={thread.last.threadId} thread={thread} />
          ))}
        </ul>
      )}
      {state.olderCursor !== null && (
        <div className="border-t p-2 text-center">
          <Button
            small
            kind="quiet"
            onClick={() => {
              host.loadOlderThreads().catch(failed(text.olderNotRead))
            }}
          >
            {text.older}
          </Button>
        </div>
      )}
      {writing && <ComposeMail sessionId={sessionId} onClose={() => setWriting(false)} />}
    </div>
  )
}

function ThreadRow({ thread }: { readonly thread: Thread }) {
  const { last, count } = thread
  const text = useText()
  const now = useNow()
  const waits = waitsForUser(last)
  return (
    <li>
      <button
        type="button"
        data-thread={last.threadId}
        className="block w-full px-4.5 py-2.5 text-left hover:bg-hover"
        onClick={() => showThread(last.threadId)}
      >
        <span className="flex items-baseline gap-2">
          <span className={cx('min-w-0 flex-1 truncate', waits ? 'font-semibold' : 'font-medium')}>
            {last.subject || text.mail.noSubject}
          </span>
          <span className="figures shrink-0 text-muted text-xs">
            {formatMoment(last.createdAt, now)}
          </span>
        </span>
        <span className="mt-0.5 flex items-baseline gap-2 text-muted text-xs">
          <span className="min-w-0 flex-1 truncate">
            {partiesText(last, text)}
            {count > 1 && ` · ${text.mail.count(count)}`}
          </span>
          <MailFacts mail={last} />
        </span>
        <span className="mt-0.5 block truncate text-muted">{last.body}</span>
      </button>
    </li>
  )
}
