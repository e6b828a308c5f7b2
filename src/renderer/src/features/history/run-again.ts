import { toast } from 'sonner'
import type { TaskId } from '../../../../shared/model/ids.js'
import type { Host } from '../../app/host.js'
import { clearSelected } from '../../stores/history.js'
import { showTask } from '../../stores/view.js'
import { currentText } from '../../text/text.js'
import { showFailure } from '../../ui/failure.js'

/** Starts tasks once more, one after the other; the first that is refused ends it and is told. */
export async function runAgain(host: Host, taskIds: readonly TaskId[]): Promise<void> {
  const text = currentText().history
  const started: TaskId[] = []
  try {
    for (const taskId of taskIds) {
      const { taskId: again } = await host.call('task.rerun', { taskId })
      started.push(again)
    }
    clearSelected()
  } catch (error) {
    showFailure(text.notRerun, error)
  }
  const [first] = started
  if (first === undefined) return
  toast.success(text.rerunDone(started.length), {
    action: { label: text.showNew, onClick: () => showTask(first) },
  })
}
