import { useText } from '../../text/text.js'
import { PaneHeader } from '../../ui/pane.js'

export function HistoryArea() {
  const text = useText()
  return (
    <section aria-label={text.app.areas.history} className="flex h-full flex-col bg-surface">
      <PaneHeader title={text.app.areas.history} />
    </section>
  )
}
