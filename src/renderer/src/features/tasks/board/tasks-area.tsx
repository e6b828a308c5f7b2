import { useText } from '../../../text/text.js'
import { PaneHeader } from '../../../ui/pane.js'

export function TasksArea() {
  const text = useText()
  return (
    <section aria-label={text.app.areas.tasks} className="flex h-full flex-col bg-surface">
      <PaneHeader title={text.app.areas.tasks} />
    </section>
  )
}
