import { MessageCircleQuestionMark } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { openCount, useBlockers } from '../../stores/blockers.js'
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
  const questions = useBlockers(openCount)
  const count = questions + useWaitingPlans().length
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          title="What waits for you: questions and plans"
          className={cx(
            STATUS_BUTTON,
            'data-[state=open]:bg-selected',
            count > 0 && 'text-warn hover:text-warn',
          )}
        >
          <MessageCircleQuestionMark aria-hidden size={14} strokeWidth={1.75} />
          <span className="max-[64rem]:sr-only">Waits for you</span>
          <CountBadge count={count} label="to answer" />
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
            Waits for you
          </h2>
          <InboxList onLeave={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function InboxList({ onLeave }: { readonly onLeave: () => void }) {
  const questions = usePendingQuestions({})
  const plans = useWaitingPlans()
  if (questions.length + plans.length === 0) {
    return (
      <p className="px-4 pb-4 text-muted">
        Nothing. When an agent has a question, or a plan is to be approved, it stands here.
      </p>
    )
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
