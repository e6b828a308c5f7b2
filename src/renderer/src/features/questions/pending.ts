import { useMemo } from 'react'
import type { Blocker } from '../../../../shared/model/blocker.js'
import type { ConversationId, TaskId } from '../../../../shared/model/ids.js'
import { useAnswers } from '../../stores/answers.js'
import { pendingQuestions, useBlockers } from '../../stores/blockers.js'

interface Where {
  readonly taskId?: TaskId
  readonly conversationId?: ConversationId
}

/** The questions that are shown: of a task, of a conversation, or all. */
export function usePendingQuestions({ taskId, conversationId }: Where): readonly Blocker[] {
  const byId = useBlockers((state) => state.byId)
  const answers = useAnswers()
  return useMemo(
    () =>
      pendingQuestions({ byId }, answers, {
        ...(taskId === undefined ? {} : { taskId }),
        ...(conversationId === undefined ? {} : { conversationId }),
      }),
    [byId, answers, taskId, conversationId],
  )
}
