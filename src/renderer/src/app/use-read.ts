import { useEffect, useState } from 'react'
import type { MethodName, ParamsOf, ResultOf } from '../../../shared/rpc/contract.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import { useConnection } from '../stores/connection.js'
import { useHost } from './host.js'

interface Loaded<T> {
  /** Null until the host has answered. */
  readonly value: T | null
  readonly error: string | null
}

/** Reads something that only one screen shows; anew for each other `stand`. What was read stays meanwhile. */
export function useRead<M extends MethodName>(
  method: M,
  params: ParamsOf<M>,
  stand: string,
): Loaded<ResultOf<M>> {
  const host = useHost()
  const ready = useConnection((state) => state.phase.name === 'ready')
  const [loaded, setLoaded] = useState<Loaded<ResultOf<M>>>({ value: null, error: null })
  // The same question is the same text, whatever object it came in; null when nobody can be asked.
  const asked = ready ? JSON.stringify({ params, stand }) : null
  useEffect(() => {
    if (asked === null) return
    const given = new AbortController()
    const question: { readonly params: ParamsOf<M> } = JSON.parse(asked)
    host.call(method, question.params, { signal: given.signal }).then(
      (value) => setLoaded({ value, error: null }),
      (error: unknown) => {
        if (given.signal.aborted) return
        setLoaded(({ value }) => ({ value, error: messageOf(error) }))
      },
    )
    return () => given.abort()
  }, [host, method, asked])
  return loaded
}
