import type { ReactNode } from 'react'
import type { InboxItem } from '../../../../shared/model/inbox.js'
import { useHost } from '../../app/host.js'
import { useRead } from '../../app/use-read.js'
import { useBlockers } from '../../stores/blockers.js'
import { useSettings } from '../../stores/settings.js'
import { useTasks } from '../../stores/tasks.js'
import { leadToAgents, showSettings, showTask } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'
import { formatMoment } from '../../ui/format.js'
import { isolated } from '../../ui/isolated.js'
import { SkeletonRows } from '../../ui/pane.js'
import { useNow } from '../../ui/time.js'
import { ReplyForm } from '../agents/mail/reply-form.js'
import { ChangesOverview } from '../changes/changes-overview.js'
import { useKnownChanges } from '../changes/use-changes.js'
import { PlanApproval } from '../plans/plan-approval.js'
import { PlanList } from '../plans/plan-list.js'
import { QuestionCard } from '../questions/question-card.js'
import { titleOf } from './inbox-look.js'
import { useInboxActions } from './use-inbox-actions.js'

type Of<K extends InboxItem['kind']> = Extract<InboxItem, { readonly kind: K }>

/** One item in full, answered where it stands. */
export function InboxDetail({ item }: { readonly item: InboxItem }) {
  const text = useText().inbox
  const now = useNow()
  return (
    <article aria-label={titleOf(item, text)} className="flex flex-col gap-4 px-5 py-4">
      <header>
        <p className="text-muted text-xs">
          {text.kinds[item.kind]} · {formatMoment(item.since, now)}
        </p>
        {item.kind !== 'question' && (
          <h3 className="mt-0.5 break-words font-semibold text-(length:--text-title)">
            {titleOf(item, text)}
          </h3>
        )}
      </header>
      <Body item={item} />
    </article>
  )
}

function Body({ item }: { readonly item: InboxItem }) {
  switch (item.kind) {
    case 'model':
      return <Model item={item} />
    case 'question':
      return <Question item={item} />
    case 'plan':
      return <ProposedPlan item={item} />
    case 'stalled':
      return <Stalled item={item} />
    case 'failure':
      return <Failure item={item} />
    case 'change':
      return <Change item={item} />
    case 'mail':
      return <Letter item={item} />
  }
}

function Actions({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap gap-2">{children}</div>
}

function ShowTask({ item: { taskId } }: { readonly item: InboxItem }) {
  const text = useText().inbox
  if (taskId === undefined) return null
  return <Button onClick={() => showTask(taskId)}>{text.showTask}</Button>
}

function Model({ item }: { readonly item: Of<'model'> }) {
  const text = useText().inbox
  const now = useNow()
  const { dismiss } = useInboxActions()
  const { reason, message, until } = item.trouble
  return (
    <>
      <p>{text.remedies[reason]}</p>
      {until !== undefined && <p className="figures">{text.until(formatMoment(until, now))}</p>}
      <Output>{message}</Output>
      <Actions>
        <Button kind="primary" onClick={() => showSettings('model')}>
          {text.settings}
        </Button>
        <Button onClick={() => dismiss(item)}>{text.dismiss}</Button>
      </Actions>
    </>
  )
}

function Question({ item }: { readonly item: Of<'question'> }) {
  const blocker = useBlockers((state) => state.byId[item.blocker.id]) ?? item.blocker
  return <QuestionCard blocker={blocker} />
}

function ProposedPlan({ item: { plan } }: { readonly item: Of<'plan'> }) {
  const ofTask = useTasks((state) => state.byId[plan.taskId]?.workspace)
  const usual = useSettings((state) => state.settings?.workspace ?? '')
  return (
    <>
      <PlanApproval plan={plan} workspace={ofTask ?? usual} />
      <PlanList plan={plan} />
    </>
  )
}

function Stalled({ item }: { readonly item: Of<'stalled'> }) {
  const text = useText().inbox
  const { dismiss, cancel } = useInboxActions()
  return (
    <>
      <p>{item.stalled.detail}</p>
      <Actions>
        <ShowTask item={item} />
        <Button onClick={() => dismiss(item)}>{text.keepWaiting}</Button>
        <Button onClick={() => cancel(item)}>{text.cancelTask}</Button>
      </Actions>
    </>
  )
}

const LONGEST_OUTPUT = 4_000

function Failure({ item }: { readonly item: Of<'failure'> }) {
  const text = useText().inbox
  const { dismiss, retry } = useInboxActions()
  return (
    <>
      <p className="break-words text-bad">
        <span className="font-mono text-xs">{item.error.code}</span> {item.error.message}
      </p>
      <Actions>
        <Button kind="primary" onClick={() => retry(item)}>
          {text.retry}
        </Button>
        <ShowTask item={item} />
        <Button onClick={() => dismiss(item)}>{text.dismiss}</Button>
      </Actions>
      {item.taskId !== undefined && <LastOutput key={item.taskId} taskId={item.taskId} />}
    </>
  )
}

function LastOutput({ taskId }: { readonly taskId: NonNullable<InboxItem['taskId']> }) {
  const text = useText().inbox
  const { value, error } = useRead('task.get', { taskId }, '')
  if (value === null) return error === null ? <SkeletonRows rows={3} /> : null
  const output = value.result?.output
  if (typeof output !== 'string' || output.trim() === '') return null
  return (
    <section aria-label={text.lastOutput}>
      <h4 className="mb-1 text-muted text-xs">{text.lastOutput}</h4>
      <Output>{output.trim().slice(-LONGEST_OUTPUT)}</Output>
    </section>
  )
}

function Output({ children }: { readonly children: string }) {
  return (
    <pre
      // Long ones are scrolled by keyboard too.
      tabIndex={0}
      className="max-h-72 overflow-auto whitespace-pre-wrap break-words rounded-md border bg-code px-3 py-2 font-mono text-xs"
    >
      {children}
    </pre>
  )
}

function Change({ item }: { readonly item: Of<'change'> }) {
  const text = useText().inbox
  const { dismiss } = useInboxActions()
  const { taskId } = item.worktree
  const { worktree, files, error, readAgain } = useKnownChanges(taskId, 'completed')
  return (
    <>
      {files === null && error === null && <SkeletonRows rows={3} />}
      {error !== null && (
        <p role="alert" className="break-words text-bad">
          {error}
        </p>
      )}
      {files !== null && (
        <div className="-mx-4 -mt-3">
          <ChangesOverview
            worktree={worktree ?? item.worktree}
            files={files}
            onShow={() => showTask(taskId)}
            onReadAgain={readAgain}
          />
        </div>
      )}
      <Actions>
        <ShowTask item={item} />
        <Button onClick={() => dismiss(item)}>{text.later}</Button>
      </Actions>
    </>
  )
}

function Letter({ item }: { readonly item: Of<'mail'> }) {
  const host = useHost()
  const text = useText().inbox
  const { dismiss } = useInboxActions()
  const { mail, sessionId } = item
  const showIt = () => {
    host.showSession(sessionId).catch(failed(text.threadNotShown))
    leadToAgents({ threadId: mail.threadId })
  }
  return (
    <>
      <p className="text-muted">{text.from(isolated(mail.from))}</p>
      <p className="whitespace-pre-wrap break-words">{mail.body}</p>
      <ReplyForm sessionId={sessionId} answer={{ kind: 'reply', mail }} />
      <Actions>
        <Button onClick={() => dismiss(item)}>{text.markRead}</Button>
        <Button onClick={showIt}>{text.showThread}</Button>
      </Actions>
    </>
  )
}
