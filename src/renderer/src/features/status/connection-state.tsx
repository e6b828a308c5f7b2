import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { cx } from '../../ui/class-names.js'
import { useNow } from '../../ui/time.js'

/** Says whether what is on screen is live. */
export function ConnectionState() {
  const phase = useConnection((state) => state.phase)
  switch (phase.name) {
    case 'ready':
      return <Dot color="bg-good" text="Connected" />
    case 'connecting':
      return <Dot color="bg-warn" text="Connecting" />
    case 'refused':
      return <Dot color="bg-bad" text="Not let in" />
    case 'reconnecting':
      return <Reconnecting reason={phase.reason} retryAt={phase.retryAt} />
  }
}

function Dot({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <span role="status" className="flex h-5 shrink-0 items-center gap-1.5 px-1.5">
      <span aria-hidden className={cx('size-1.5 rounded-full', color)} />
      {text}
    </span>
  )
}

interface ReconnectingProps {
  readonly reason: string
  readonly retryAt: number | null
}

function Reconnecting({ reason, retryAt }: ReconnectingProps) {
  const host = useHost()
  useNow()
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - Date.now()) / 1000)
  return (
    <span title={reason} className="flex h-5 shrink-0 items-center gap-1.5 px-1.5 text-warn">
      <span aria-hidden className="size-1.5 rounded-full bg-warn" />
      <span role="status">Reconnecting</span>
      {seconds > 1 && (
        <button
          type="button"
          className="figures underline underline-offset-2"
          onClick={() => host.retryConnection()}
        >
          try now ({seconds}s)
        </button>
      )}
    </span>
  )
}
