import { useEffect, useRef, useState } from 'react'
import type { MachineUse, ResourceTrace } from '../../../../shared/model/resources.js'
import { isTerminal, type TaskView } from '../../../../shared/model/task.js'
import { messageOf } from '../../../../shared/rpc/errors.js'
import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { useQueue } from '../../stores/queue.js'

export interface Resources {
  /** Null until they were read. */
  readonly traces: readonly ResourceTrace[] | null
  readonly machine: readonly MachineUse[]
  readonly error: string | null
}

/** While it runs the picture is drawn anew with every so many readings of the machine, one each second. */
const READINGS = 5

export function useResources({ id: taskId, state, attempt }: TaskView): Resources {
  const host = useHost()
  const ready = useConnection((connection) => connection.phase.name === 'ready')
  const round = useRounds(!isTerminal(state))
  const [read, setRead] = useState<Resources>({ traces: null, machine: [], error: null })
  useEffect(() => {
    if (!ready) return
    // What it is read for: another state, another attempt, some seconds more.
    void [state, attempt, round]
    const given = new AbortController()
    const run = async () => {
      const { signal } = given
      const { traces } = await host.call('task.resources', { taskId }, { signal })
      const since = traces[0]?.startedAt
      const until = traces.at(-1)?.points.at(-1)?.at ?? 0
      const history =
        since === undefined
          ? { points: [] }
          : await host.call('system.machineHistory', { since }, { signal })
      setRead({ traces, machine: history.points.filter(({ at }) => at <= until), error: null })
    }
    run().catch((error: unknown) => {
      if (!given.signal.aborted) setRead((before) => ({ ...before, error: messageOf(error) }))
    })
    return () => given.abort()
  }, [host, ready, taskId, state, attempt, round])
  return read
}

function useRounds(goesOn: boolean): number {
  const [round, setRound] = useState(0)
  const count = useRef(0)
  const machine = useQueue((queue) => queue.machine)
  useEffect(() => {
    if (!goesOn || machine.cpu === null) return
    count.current += 1
    if (count.current % READINGS === 0) setRound(count.current)
  }, [machine, goesOn])
  return round
}
