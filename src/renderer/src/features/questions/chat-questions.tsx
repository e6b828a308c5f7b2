import type { ConversationId } from '../../../../shared/model/ids.js'
import { useText } from '../../text/text.js'
import { PlanCard } from '../plans/plan-card.js'
import { useWaitingPlans } from '../plans/use-waiting-plans.js'
import { usePendingQuestions } from './pending.js'
import { QuestionCard } from './question-card.js'

/** What the tasks of a conversation want of the person, above the field for messages. */
export function ChatQuestions({ conversationId }: { readonly conversationId: ConversationId }) {
  const text = useText().questions
  const questions = usePendingQuestions({ conversationId })
  const plans = useWaitingPlans(conversationId)
  if (questions.length + plans.length === 0) return null
  return (
    <section
      aria-label={text.ofChat}
      className="mt-2 flex max-h-[40vh] low:max-h-24 flex-col gap-2 overflow-y-auto"
    >
      {questions.map((blocker) => (
        <QuestionCard key={blocker.id} blocker={blocker} />
      ))}
      {plans.map((plan) => (
        <PlanCard key={plan.id} plan={plan} />
      ))}
    </section>
  )
}
