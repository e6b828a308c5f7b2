import { NO_FILTER, setMonitorFilter, type TaskFilter } from '../../stores/monitor.js'
import { showArea } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { isFiltering } from './task-filter.js'

interface NoTasksProps {
  readonly filter: TaskFilter
  /** What is empty, where that is not all tasks. */
  readonly noMatch?: string
}

/** Stands where tasks would, and says why there are none. */
export function NoTasks({ filter, noMatch }: NoTasksProps) {
  const text = useText().monitor
  const filtering = isFiltering(filter)
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center">
      <p className="font-medium">{filtering ? (noMatch ?? text.noMatch) : text.empty}</p>
      {filtering ? (
        <div className="flex flex-wrap justify-center gap-2">
          <Button small onClick={() => setMonitorFilter(NO_FILTER)}>
            {text.filter.clear}
          </Button>
          <Button small onClick={() => showArea('history')}>
            {text.searchAll}
          </Button>
        </div>
      ) : (
        <p className="max-w-96 text-muted">{text.emptyHint}</p>
      )}
    </div>
  )
}
