import { useEffect, useRef, useState } from 'react'
import type { ParamsOf } from '../../../../shared/rpc/contract.js'
import { useHost } from '../../app/host.js'
import { fieldErrors } from './field-errors.js'

export interface Saving {
  readonly isSaved: boolean
  /** What the host found wrong. */
  readonly error: string | null
}

export interface Saver extends Saving {
  save(change: ParamsOf<'settings.set'>): void
  /** Something else than a change of the settings. */
  wait(work: Promise<unknown>): void
  /** What was said of the last change holds no longer. */
  forget(): void
}

const NOTHING: Saving = { isSaved: false, error: null }

/** Saves one setting at once; of two changes the later is told of. */
export function useSaver(): Saver {
  const host = useHost()
  const [state, setState] = useState(NOTHING)
  const latest = useRef(0)
  useEffect(
    () => () => {
      latest.current = -1
    },
    [],
  )
  const wait = (work: Promise<unknown>) => {
    latest.current += 1
    const mine = latest.current
    const tell = (next: Saving) => {
      if (latest.current === mine) setState(next)
    }
    setState(NOTHING)
    work.then(
      () => tell({ isSaved: true, error: null }),
      (reason: unknown) => {
        const told = Object.values(fieldErrors(reason, [])).join('; ')
        tell({ isSaved: false, error: told })
      },
    )
  }
  return {
    ...state,
    wait,
    save: (change) => wait(host.call('settings.set', change)),
    forget: () => setState(NOTHING),
  }
}
