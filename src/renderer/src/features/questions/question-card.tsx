import { MessageCircleQuestionMark } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { Blocker } from '../../../../shared/model/blocker.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { CopyButton } from '../../ui/copy-button.js'
import { INPUT } from '../../ui/field.js'
import { formatAgo } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import { endOf, expiryText } from './question-text.js'
import { useAnswer } from './use-answer.js'

interface QuestionCardProps {
  readonly blocker: Blocker
  /** Within the details of its task nobody need be told whose question it is. */
  readonly ofTask?: boolean
  readonly onShowTask?: () => void
}

/** A question to the person, to be answered in place. */
export function QuestionCard({ blocker, ofTask = false, onShowTask }: QuestionCardProps) {
  const open = blocker.state === 'open'
  return (
    <article
      data-question
      aria-label={useText().questions.question}
      className="rounded-[10px] border border-warn/60 bg-surface px-3.5 py-2.5"
    >
      <header className="flex items-start gap-2 text-xs">
        <MessageCircleQuestionMark
          aria-hidden
          size={14}
          strokeWidth={1.75}
          className="mt-0.5 shrink-0 text-warn"
        />
        <p className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-1.5 text-muted">
          <Asker blocker={blocker} ofTask={ofTask} onShowTask={onShowTask} />
        </p>
        <Age blocker={blocker} />
      </header>
      <Question text={blocker.question} />
      {open ? <AnswerForm blocker={blocker} /> : <Missed blocker={blocker} />}
    </article>
  )
}

function Asker({
  blocker,
  ofTask,
  onShowTask,
}: Pick<QuestionCardProps, 'blocker'> & {
  readonly ofTask: boolean
  readonly onShowTask: (() => void) | undefined
}) {
  const text = useText().questions
  const title = useTasks((state) => state.byId[blocker.taskId]?.description ?? text.aTask)
  const isSync = blocker.kind === 'sync'
  if (ofTask) return <span>{isSync ? text.itWaits : text.itGoesOn}</span>
  return (
    <>
      <button
        type="button"
        title={title}
        className="max-w-full truncate rounded font-medium text-text underline decoration-border-strong underline-offset-2 hover:decoration-current"
        onClick={() => {
          onShowTask?.()
          showTask(blocker.taskId)
        }}
      >
        {title}
      </button>
      <span className="shrink-0">{isSync ? text.waits : text.goesOn}</span>
    </>
  )
}

function Age({ blocker }: { readonly blocker: Blocker }) {
  const now = useNow()
  const expiry = expiryText(blocker, now)
  return (
    <span className="figures shrink-0 text-faint">
      {expiry ?? formatAgo(blocker.createdAt, now)}
    </span>
  )
}

/** A shorter text fits in its box, which then need not be a stop for the keyboard. */
const FITS_IN_BOX = 250

function Question({ text }: { readonly text: string }) {
  const long = text.length > FITS_IN_BOX || text.split('\n').length > 6
  return (
    <p
      {...(long ? { tabIndex: 0 } : {})}
      className="mt-1.5 max-h-36 overflow-y-auto whitespace-pre-wrap break-words"
    >
      {text}
    </p>
  )
}

function AnswerForm({ blocker }: { readonly blocker: Blocker }) {
  const text = useText().questions
  const { draft, sending, error, type, send } = useAnswer(blocker)
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send(draft)
  }
  return (
    <form
      className="mt-2 flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        send(draft)
      }}
    >
      {blocker.options.length > 0 && (
        <ul aria-label={text.offered} className="flex flex-wrap gap-1.5">
          {blocker.options.map((option) => (
            <li key={option} className="max-w-full">
              <Button
                disabled={sending}
                className="h-auto! max-w-full whitespace-normal! break-words px-2.5! py-1 text-left"
                onClick={() => send(option)}
              >
                {option}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex items-end gap-2">
        <textarea
          rows={1}
          aria-label={text.yours}
          placeholder={blocker.options.length > 0 ? text.another : text.yours}
          value={draft}
          className={cx(
            INPUT,
            'field-sizing-content h-auto max-h-32 min-h-8 resize-none py-[0.3125rem]',
          )}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" kind="primary" disabled={sending || draft.trim() === ''}>
          {text.answer}
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="break-words text-bad text-xs">
          {text.notAnswered(error)}
        </p>
      )}
    </form>
  )
}

/** It was settled without what was typed here. */
function Missed({ blocker }: { readonly blocker: Blocker }) {
  const text = useText().questions
  const { own, dismiss } = useAnswer(blocker)
  return (
    <div className="mt-2 border-t pt-2">
      <p role="alert" className="whitespace-pre-wrap break-words">
        {blocker.state === 'resolved' ? text.elsewhere(blocker.answer ?? '') : endOf(blocker)}
      </p>
      <p className="mt-1.5 text-muted text-xs">{text.notUsed}</p>
      <p className="max-h-24 overflow-y-auto whitespace-pre-wrap break-words text-muted">{own}</p>
      <div className="mt-2 flex items-center gap-2">
        <Button small onClick={dismiss}>
          {text.dismiss}
        </Button>
        <CopyButton text={own} label={text.copy} />
      </div>
    </div>
  )
}
