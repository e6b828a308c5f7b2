import {
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react'
import { useText } from '../../text/text.js'
import '@xyflow/react/dist/base.css'
import '../../ui/graph/graph.css'
import { useMemo } from 'react'
import type { Plan, PlanPart } from '../../../../shared/model/plan.js'
import { useTasks } from '../../stores/tasks.js'
import { showTask } from '../../stores/view.js'
import { PICTURE, Zoom } from '../../ui/graph/zoom.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { StateIcon } from '../tasks/task-state.js'
import { layersOf, standingOf } from './plan-model.js'

const NODE_TYPES = { part: PartNode }
const WIDTH = 190
const COLUMN = 220
const ROW = 118

/** Which parts wait for which. For the eye and the pointer: the list says the same in words. */
export function PlanGraph({ plan }: { readonly plan: Plan }) {
  const text = useText().plans
  const nodes = useMemo(() => placed(plan.parts), [plan.parts])
  const edges = useMemo(() => drawn(plan.parts), [plan.parts])
  const rows = layersOf(plan.parts).length
  return (
    <ReactFlowProvider>
      <p className="sr-only">{text.graphHint}</p>
      <div
        className="relative rounded-md border bg-bg"
        style={{ height: Math.min(560, Math.max(200, rows * ROW + 32)) }}
      >
        <div aria-hidden className="size-full">
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={NODE_TYPES}
            {...PICTURE}
            preventScrolling={false}
            onNodeClick={(_event, { data }) => {
              const { taskId } = (data as PartData).part
              if (taskId !== undefined) showTask(taskId)
            }}
          />
        </div>
        <Zoom stand={JSON.stringify(nodes.map(({ id, position }) => [id, position]))} />
      </div>
    </ReactFlowProvider>
  )
}

interface PartData extends Record<string, unknown> {
  readonly part: PlanPart
}

function placed(parts: readonly PlanPart[]): Node<PartData>[] {
  return layersOf(parts).flatMap((row, line) =>
    row.map((part, index) => ({
      id: part.key,
      type: 'part',
      position: { x: (index - (row.length - 1) / 2) * COLUMN - WIDTH / 2, y: line * ROW },
      width: WIDTH,
      data: { part },
    })),
  )
}

function drawn(parts: readonly PlanPart[]): Edge[] {
  return parts.flatMap(({ key, dependsOn }) =>
    dependsOn.map((need) => ({
      id: `${need} ${key}`,
      source: need,
      target: key,
      markerEnd: {
        type: MarkerType.ArrowClosed,
        color: 'var(--border-strong)',
        width: 16,
        height: 16,
      },
    })),
  )
}

function PartNode({ data }: NodeProps) {
  const { monitor, plans: text } = useText()
  const { part } = data as PartData
  const tasks = useTasks((state) => state.byId)
  const { state, progress } = standingOf(part, tasks)
  return (
    <div className="flex min-h-16 flex-col justify-center gap-0.5 rounded-md border bg-raised px-2.5 py-1.5 text-text">
      <p className="flex items-start gap-1.5">
        {state !== null && (
          <span className="mt-0.5 shrink-0">
            <StateIcon state={state} small />
          </span>
        )}
        <span className="line-clamp-2 min-w-0 flex-1 break-words font-medium leading-tight">
          {part.title}
        </span>
      </p>
      <p className="truncate text-muted text-xs">
        {part.agent}
        {state !== null && ` · ${monitor.states[state]}`}
      </p>
      {state === 'running' && <ProgressBar value={progress} label={text.progress} />}
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}
