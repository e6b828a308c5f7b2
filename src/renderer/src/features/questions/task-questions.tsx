import type { Blocker } from '../../../../shared/model/blocker.js'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useRead } from '../../app/use-read.js'
import { useBlockers } from '../../stores/blockers.js'
import { useText } from '../../text/text.js'
import { formatMoment } from '../../ui/format.js'
import { useNow } from '../../ui/time.js'
import { usePendingQuestions } from './pending.js'
import { QuestionCard } from './question-card.js'
import { endOf } from './question-text.js'

/** What a task asks the person, and what it asked before. */
export function TaskQuestions({ taskId }: { readonly taskId: TaskId }) {
  const text = useText().questions
  const pending = usePendingQuestions({ taskId })
  return (
    <div className="flex max-h-[50%] shrink-0 flex-col overflow-y-auto empty:hidden">
      {pending.length > 0 && (
        <section aria-label={text.ofTask} className="flex flex-col gap-2 px-3 pt-3">
          {pending.map((blocker) => (
            <QuestionCard key={blocker.id} blocker={blocker} ofTask />
          ))}
        </section>
      )}
      <History taskId={taskId} shown={pending} />
    </div>
  )
}

interface HistoryProps {
  readonly taskId: TaskId
  readonly shown: readonly Blocker[]
}

const MOST = 100

function History({ taskId, shown }: HistoryProps) {
  const text = useText().questions
  // Another text means that a question of the task came or was settled.
  const stand = useBlockers(({ byId }) =>
    Object.values(byId)
      .filter((blocker) => blocker.taskId === taskId)
      .map(({ id, state }) => `${id} ${state}`)
      .join(),
  )
  const { value } = useRead('blocker.list', { taskId, limit: MOST }, stand)
  const now = useNow()
  const hidden = new Set(shown.map(({ id }) => id))
  const settled = value?.blockers.filter(({ id, state }) => state !== 'open' && !hidden.has(id))
  if (settled === undefined || settled.length === 0) return null
  return (
    <details className="px-4 pt-2.5 text-xs">
      <summary className="w-fit rounded text-muted hover:text-text">
        {text.earlier(settled.length)}
      </summary>
      <ol className="mt-1.5 flex flex-col gap-2 border-l pl-3">
        {settled.map((blocker) => (
          <li key={blocker.id}>
            <p className="whitespace-pre-wrap break-words text-muted">{blocker.question}</p>
            <p className="whitespace-pre-wrap break-words">{endOf(blocker)}</p>
            {blocker.resolvedAt !== undefined && (
              <p className="figures text-faint">{formatMoment(blocker.resolvedAt, now)}</p>
            )}
          </li>
        ))}
      </ol>
    </details>
  )
}
