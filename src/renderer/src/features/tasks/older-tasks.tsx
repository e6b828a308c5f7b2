import { useHost } from '../../app/host.js'
import { useTasks } from '../../stores/tasks.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { failed } from '../../ui/failure.js'

export function OlderTasks() {
  const text = useText().monitor
  const host = useHost()
  const more = useTasks((state) => state.olderCursor !== null)
  if (!more) return null
  return (
    <div className="border-t p-2 text-center">
      <Button
        small
        kind="quiet"
        onClick={() => {
          host.loadOlderTasks().catch(failed(text.olderFailed))
        }}
      >
        {text.older}
      </Button>
    </div>
  )
}
