import { useHost } from '../../app/host.js'
import { useConnection } from '../../stores/connection.js'
import { useText } from '../../text/text.js'
import { cx } from '../../ui/class-names.js'

/** Says whether what is on screen is live. */
export function ConnectionState() {
  const text = useText().status
  const phase = useConnection((state) => state.phase)
  switch (phase.name) {
    case 'ready':
      return <Dot color="bg-good" text={text.connected} />
    case 'connecting':
      return <Dot color="bg-warn" text={text.connecting} />
    case 'refused':
      return <Dot color="bg-bad" text={text.refused} />
    case 'reconnecting':
      return <Reconnecting reason={phase.reason} />
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

function Reconnecting({ reason }: { readonly reason: string }) {
  const host = useHost()
  const text = useText().status
  return (
    <span title={reason} className="flex h-5 shrink-0 items-center gap-1.5 px-1.5 text-warn">
      <span aria-hidden className="size-1.5 rounded-full bg-warn" />
      <span role="status">{text.reconnecting}</span>
      <button
        type="button"
        className="underline underline-offset-2"
        onClick={() => host.retryConnection()}
      >
        {text.tryNow}
      </button>
    </span>
  )
}
