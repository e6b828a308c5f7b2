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
import '@xyflow/react/dist/base.css'
import '../../../ui/graph/graph.css'
import { Fragment, useMemo } from 'react'
import { USER } from '../../../../../shared/model/agent.js'
import { useAgents } from '../../../stores/agents.js'
import { newestThreads, useMail } from '../../../stores/mail.js'
import { useTasks } from '../../../stores/tasks.js'
import { showAgent } from '../../../stores/view.js'
import { type Text, useText } from '../../../text/text.js'
import { PICTURE, Zoom } from '../../../ui/graph/zoom.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { useNow } from '../../../ui/time.js'
import { doingText, nameOf, orderText } from '../agent-text.js'
import { StateBadge } from '../state-badge.js'
import { GraphList } from './graph-list.js'
import {
  type GraphEdge,
  type GraphModel,
  graphOf,
  placesOf,
  rowsOf,
  sideTowards,
} from './graph-model.js'

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
const COLUMN = 215
const ROW = 130

function Picture({ model }: { readonly model: GraphModel }) {
  const nodes = useMemo(() => placed(model), [model])
  const words = useText().agents.graph
  const edges = useMemo(() => drawn(model, words), [model, words])
  return (
    <div className="relative min-h-0 flex-1">
      {/* The list below says the same in words, so the picture is for the eye and the pointer alone. */}
      <div aria-hidden className="size-full">
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          {...PICTURE}
          onNodeClick={(_event, { id }) => {
            if (id !== USER) showAgent(id)
          }}
        />
      </div>
      <Zoom stand={JSON.stringify(rowsOf(model))} />
    </div>
  )
}

function placed(model: GraphModel): Node[] {
  return [...placesOf(model)].map(([name, { line, column }]) => ({
    id: name,
    type: 'agent',
    position: { x: column * COLUMN - WIDTH / 2, y: line * ROW },
    width: WIDTH,
    data: {},
  }))
}

function drawn(model: GraphModel, words: Text['agents']['graph']): Edge[] {
  const places = placesOf(model)
  // What comes last lies on top: the word of a wait, where lines of mail cross it.
  return shownEdges(model)
    .toReversed()
    .flatMap(({ kind, from, to, mails }) => {
      const [start, end] = [places.get(from), places.get(to)]
      if (start === undefined || end === undefined) return []
      const waits = kind === 'waits'
      const color = waits ? 'var(--warn)' : 'var(--border-strong)'
      return {
        id: `${kind} ${from} ${to}`,
        source: from,
        target: to,
        sourceHandle: `from-${sideTowards(start, end)}`,
        targetHandle: `to-${sideTowards(end, start)}`,
        className: waits ? 'graph-waits' : 'graph-mail',
        label: waits ? words.waits : words.mails(mails),
        markerEnd: { type: MarkerType.ArrowClosed, color, width: 16, height: 16 },
      }
    })
}

/** Whoever waits for an answer has written, which need not be drawn as well. */
function shownEdges({ edges }: GraphModel): readonly GraphEdge[] {
  const waits = edges.filter(({ kind }) => kind === 'waits')
  const isWait = ({ from, to }: GraphEdge) =>
    waits.some((wait) => wait.from === from && wait.to === to)
  return edges.filter((edge) => edge.kind === 'waits' || !isWait(edge))
}

/** Both directions have a place of their own at each side, so that they do not cover each other. */
const NEAR = '32%'
const FAR = '68%'
const HANDLES = [
  { side: 'down', position: Position.Bottom, from: { left: NEAR }, to: { left: FAR } },
  { side: 'up', position: Position.Top, from: { left: FAR }, to: { left: NEAR } },
  { side: 'right', position: Position.Right, from: { top: NEAR }, to: { top: FAR } },
  { side: 'left', position: Position.Left, from: { top: FAR }, to: { top: NEAR } },
] as const

function Handles() {
  return HANDLES.map(({ side, position, from, to }) => (
    <Fragment key={side}>
      <Handle
        id={`from-${side}`}
        type="source"
        position={position}
        style={from}
        isConnectable={false}
      />
      <Handle
        id={`to-${side}`}
        type="target"
        position={position}
        style={to}
        isConnectable={false}
      />
    </Fragment>
  ))
}

function AgentNode({ id }: NodeProps) {
  const text = useText()
  const agent = useAgents((state) => state.byId[id])
  const now = useNow()
  const taskId = agent?.current_task ?? null
  const task = useTasks((state) => (taskId === null ? undefined : state.byId[taskId]))
  const order = taskId && orderText(task?.description ?? taskId, text)
  const doing = agent && doingText(agent, order, now, text)
  return (
    <div className="flex min-h-14 flex-col justify-center rounded-md border bg-raised px-2.5 py-1.5 text-text">
      <p className="flex flex-wrap items-center justify-between gap-x-1.5 gap-y-0.5">
        <span className="max-w-full truncate font-medium">{nameOf(id, 'who', text)}</span>
        {agent && <StateBadge agent={agent} />}
      </p>
      {doing && <p className="line-clamp-2 break-words text-muted text-xs">{doing}</p>}
      <Handles />
    </div>
  )
}
