import { Bot, ChartNoAxesColumn, FlaskConical, Hammer, Terminal, Workflow } from 'lucide-react'
import type { TaskType } from '../../../../shared/model/task.js'
import { useText } from '../../text/text.js'

const ICONS = {
  agent_execution: Bot,
  orchestration: Workflow,
  analysis: ChartNoAxesColumn,
  build: Hammer,
  e2e_test: FlaskConical,
  command: Terminal,
} as const

export function TypeIcon({ type }: { readonly type: TaskType }) {
  const label = useText().monitor.types[type]
  const Icon = ICONS[type]
  return (
    <span title={label} className="shrink-0 text-muted">
      <Icon aria-hidden size={15} strokeWidth={1.75} />
      <span className="sr-only">{label}</span>
    </span>
  )
}
