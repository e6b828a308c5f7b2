import { useEffect } from 'react'
import type { TaskId } from '../../../../shared/model/ids.js'
import { useRead } from '../../app/use-read.js'
import { NO_EVIDENCE, type TaskEvidence, useEvidence, withEvidence } from '../../stores/evidence.js'

interface LoadedEvidence {
  readonly evidence: TaskEvidence
  readonly error: string | null
}

/** What the checks of a task found, with their output; read again whenever something was found. */
export function useEvidenceOf(taskId: TaskId): LoadedEvidence {
  const evidence = useEvidence((state) => state[taskId]) ?? NO_EVIDENCE
  const outputs = evidence.findings.filter(({ output }) => output === undefined).length
  const { value, error } = useRead('task.evidence', { taskId }, `${outputs > 0 && evidence.seq}`)
  useEffect(() => {
    if (value !== null) useEvidence.setState((state) => withEvidence(state, taskId, value))
  }, [value, taskId])
  return { evidence, error }
}
