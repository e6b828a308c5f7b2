import { Inbox as InboxIcon } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { useInbox } from '../../stores/inbox.js'
import { showArea } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { cx } from '../../ui/class-names.js'
import { CountBadge } from '../agents/state-badge.js'
import { PlanCard } from '../plans/plan-card.js'
import { useWaitingPlans } from '../plans/use-waiting-plans.js'
import { STATUS_BUTTON } from '../status/status-button.js'
import { usePendingQuestions } from './pending.js'
import { QuestionCard } from './question-card.js'

/** How much waits for the person, in the status bar; it opens the list of it. */
export function Inbox() {
  const [open, setOpen] = useState(false)
  const text = useText().inbox
  const count = useInbox((state) => state.counts.total)
  const wanted = useInbox(({ counts: { byKind } }) => byKind.question + byKind.plan + byKind.model)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          title={text.count(count)}
          className={cx(
            STATUS_BUTTON,
            'data-[state=open]:bg-selected',
            wanted > 0 && 'text-warn hover:text-warn',
          )}
        >
          <InboxIcon aria-hidden size={14} strokeWidth={1.75} />
          <span className="max-[64rem]:sr-only">{text.waits}</span>
          <CountBadge count={count} label={text.toAnswer} />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-labelledby="inbox-title"
          data-inbox
          className="z-30 flex max-h-(--radix-popover-content-available-height) w-108 max-w-[calc(100vw-1rem)] flex-col rounded-[10px] border bg-raised shadow-popover focus:outline-none"
        >
          <h2 id="inbox-title" className="shrink-0 px-4 pt-3 pb-2 font-semibold">
            {text.waits}
          </h2>
          <InboxList onLeave={() => setOpen(false)} />
          <Others onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function InboxList({ onLeave }: { readonly onLeave: () => void }) {
  const text = useText().inbox
  const questions = usePendingQuestions({})
  const plans = useWaitingPlans()
  if (questions.length + plans.length === 0) {
    return <p className="px-4 pb-4 text-muted">{text.emptyShort}</p>
  }
  const items = [
    ...questions.map((blocker) => ({
      id: blocker.id,
      at: blocker.createdAt,
      card: <QuestionCard blocker={blocker} onShowTask={onLeave} />,
    })),
    ...plans.map((plan) => ({
      id: plan.id,
      at: plan.createdAt,
      card: <PlanCard plan={plan} onShow={onLeave} />,
    })),
  ].sort((a, b) => a.at - b.at)
  return (
    <ul className="flex min-h-0 flex-col gap-2 overflow-y-auto px-3 pb-3">
      {items.map(({ id, card }) => (
        <li key={id}>{card}</li>
      ))}
    </ul>
  )
}

/** What is answered in the inbox itself: failures, changes, mail. */
function Others({ onLeave }: { readonly onLeave: () => void }) {
  const text = useText().inbox
  const more = useInbox(({ counts }) => counts.total - counts.byKind.question - counts.byKind.plan)
  return (
    <div className="flex shrink-0 items-center gap-3 border-t px-4 py-2">
      <p className="min-w-0 flex-1 text-muted">{more > 0 && text.more(more)}</p>
      <Button
        small
        onClick={() => {
          onLeave()
          showArea('inbox')
        }}
      >
        {text.open}
      </Button>
    </div>
  )
}
