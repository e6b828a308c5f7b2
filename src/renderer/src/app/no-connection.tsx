import { useConnection } from '../stores/connection.js'
import { useText } from '../text/text.js'
import { Button } from '../ui/button.js'
import { SkeletonRows } from '../ui/pane.js'
import { useHost } from './host.js'

/** Stands in while there is nothing to show yet, and says why. */
export function NoConnection() {
  const host = useHost()
  const text = useText().app
  const phase = useConnection((state) => state.phase)
  if (phase.name === 'connecting' || phase.name === 'ready') {
    return (
      <main className="flex-1 bg-surface" aria-busy="true" aria-label={text.connecting}>
        <SkeletonRows rows={6} />
      </main>
    )
  }
  return (
    <main className="flex flex-1 flex-col justify-center bg-surface">
      <div role="alert" className="mx-auto w-full max-w-lg px-6">
        <h1 className="font-semibold text-lg">
          {phase.name === 'refused' ? text.refused : text.away}
        </h1>
        <p className="mt-2 text-base text-muted">{phase.reason}</p>
        <Button className="mt-4" onClick={() => host.retryConnection()}>
          {text.tryAgain}
        </Button>
      </div>
    </main>
  )
}
