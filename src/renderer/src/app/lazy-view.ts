import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { useConnection } from '../stores/connection.js'

/** So often a view is asked for while the host is there; after that it is missing. */
const ATTEMPTS = 3
/** Between two of them: a host that has just gone may not have been missed yet. */
const AGAIN_MS = 500

/**
 * A view that is read when it is first looked at. In a browser it comes from the host: while that is away the view is waited
 * for, since React would keep a failure until the page is loaded anew.
 */
export function lazyView<P>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({ default: await onceHostAnswers(load) }))
}

/** @throws what `load` throws, after some attempts while the host is there. */
export async function onceHostAnswers<T>(load: () => Promise<T>): Promise<T> {
  let failures = 0
  for (;;) {
    try {
      return await load()
    } catch (error) {
      if (isReady()) failures += 1
      if (failures === ATTEMPTS) throw error
      await again()
    }
  }
}

function isReady(): boolean {
  return useConnection.getState().phase.name === 'ready'
}

/** When the host is back, or where it does not seem to be away, a little later. */
function again(): Promise<void> {
  return new Promise((resolve) => {
    const timer = isReady() ? setTimeout(done, AGAIN_MS) : undefined
    const stop = useConnection.subscribe(({ phase }, { phase: before }) => {
      if (phase.name === 'ready' && before.name !== 'ready') done()
    })
    function done() {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })
}
