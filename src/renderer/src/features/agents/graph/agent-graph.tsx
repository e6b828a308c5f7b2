import {
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './agent-graph.css'
import { Maximize, Minus, Plus } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { USER } from '../../../../../shared/model/agent.js'
import { useAgents } from '../../../stores/agents.js'
import { newestThreads, useMail } from '../../../stores/mail.js'
import { useTasks } from '../../../stores/tasks.js'
import { showAgent } from '../../../stores/view.js'
import { IconButton } from '../../../ui/icon-button.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { useNow } from '../../../ui/time.js'
import { doingText } from '../agent-text.js'
import { StateBadge } from '../state-badge.js'
import { GraphList } from './graph-list.js'
import { type GraphModel, graphOf, rowsOf } from './graph-model.js'

/** A picture of who works on what and who waits for whom, with the same in words below it. */
export function AgentGraph() {
  const loaded = useAgents((state) => state.loaded)
  const byId = useAgents((state) => state.byId)
  const mail = useMail()
  const model = useMemo(() => graphOf(byId, newestThreads(mail)), [byId, mail])
  if (!loaded) return <SkeletonRows rows={3} />
  return (
    <div className="flex h-full flex-col">
      <ReactFlowProvider>
        <Picture model={model} />
      </ReactFlowProvider>
      <GraphList model={model} />
    </div>
  )
}

const NODE_TYPES = { agent: AgentNode }
const WIDTH = 170
const COLUMN = 210
const ROW = 130

function Picture({ model }: { readonly model: GraphModel }) {
  const nodes = useMemo(() => placed(model), [model])
  const edges = useMemo(() => drawn(model), [model])
  return (
    <div className="relative min-h-0 flex-1">
      {/* The list below says the same in words, so the picture is for the eye and the pointer alone. */}
      <div aria-hidden className="size-full">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          fitView
          fitViewOptions={FIT}
          minZoom={0.2}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          proOptions={{ hideAttribution: true }}
          onNodeClick={(_event, { id }) => {
            if (id !== USER) showAgent(id)
          }}
        />
      </div>
      <Zoom stand={model.nodes.join(' ')} />
    </div>
  )
}

const FIT = { padding: 0.1, maxZoom: 1 }

/** `stand` is another text when somebody came or went: then the whole picture is shown again. */
function Zoom({ stand }: { readonly stand: string }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  useEffect(() => {
    if (stand === '') return
    const frame = requestAnimationFrame(() => void fitView(FIT))
    return () => cancelAnimationFrame(frame)
  }, [fitView, stand])
  return (
    <div className="absolute right-2 bottom-2 flex rounded-md border bg-raised">
      <IconButton small icon={Minus} label="Smaller" onClick={() => void zoomOut()} />
      <IconButton small icon={Plus} label="Larger" onClick={() => void zoomIn()} />
      <IconButton small icon={Maximize} label="Show all" onClick={() => void fitView(FIT)} />
    </div>
  )
}

/** The rows one below the other, each in the middle. */
function placed(model: GraphModel): Node[] {
  return rowsOf(model).flatMap((row, line) =>
    row.map((name, index) => ({
      id: name,
      type: 'agent',
      position: { x: (index - (row.length - 1) / 2) * COLUMN - WIDTH / 2, y: line * ROW },
      width: WIDTH,
      data: {},
    })),
  )
}

function drawn({ edges }: GraphModel): Edge[] {
  return edges.map(({ kind, from, to, mails }) => {
    const waits = kind === 'waits'
    const color = waits ? 'var(--warn)' : 'var(--border-strong)'
    return {
      id: `${kind} ${from} ${to}`,
      source: from,
      target: to,
      className: waits ? 'graph-waits' : 'graph-mail',
      label: waits ? 'waits for' : mails > 1 ? `${mails} mails` : 'mail',
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 16, height: 16 },
    }
  })
}

function AgentNode({ id }: NodeProps) {
  const agent = useAgents((state) => state.byId[id])
  const now = useNow()
  const taskId = agent?.current_task ?? null
  const task = useTasks((state) => (taskId === null ? undefined : state.byId[taskId]))
  const doing =
    agent && doingText(agent, taskId === null ? null : (task?.description ?? taskId), now)
  return (
    <div className="flex min-h-14 flex-col justify-center rounded-md border bg-raised px-2.5 py-1.5 text-text">
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <p className="flex items-center gap-1.5">
        <span className="min-w-0 flex-1 truncate font-medium">{id === USER ? 'You' : id}</span>
        {agent && <StateBadge agent={agent} />}
      </p>
      {doing && <p className="truncate text-muted text-xs">{doing}</p>}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}
