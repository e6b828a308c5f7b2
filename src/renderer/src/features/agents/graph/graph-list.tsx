import { type AgentView, USER } from '../../../../../shared/model/agent.js'
import { useAgents } from '../../../stores/agents.js'
import { type TasksState, useTasks } from '../../../stores/tasks.js'
import { showAgent } from '../../../stores/view.js'
import { type Text, useText } from '../../../text/text.js'
import { nameOf, orderText, stateText } from '../agent-text.js'
import type { GraphModel } from './graph-model.js'

/** The picture in words: who stands how, waits for whom, and has written to whom. */
export function GraphList({ model }: { readonly model: GraphModel }) {
  const text = useText()
  const byId = useAgents((state) => state.byId)
  const tasks = useTasks((state) => state.byId)
  return (
    <ul
      aria-label={text.agents.graph.words}
      className="max-h-[40%] shrink-0 overflow-y-auto border-t px-4 py-2 text-xs"
    >
      {model.nodes.map((name) => {
        const agent = byId[name]
        const told = [
          ...(agent ? standOf(agent, tasks, text) : []),
          ...relationsOf(model, name, text),
        ]
        return (
          <li key={name} className="py-0.5 text-muted">
            {name === USER || agent === undefined ? (
              <span className="font-medium text-text">{text.agents.you.who}</span>
            ) : (
              <button
                type="button"
                className="rounded font-medium text-text hover:underline"
                onClick={() => showAgent(name)}
              >
                {name}
              </button>
            )}
            {told.length > 0 && text.agents.graph.told(told)}
          </li>
        )
      })}
    </ul>
  )
}

function standOf(agent: AgentView, tasks: TasksState['byId'], text: Text): string[] {
  const { state, current_task: taskId } = agent
  const task = taskId === null ? undefined : tasks[taskId]
  const stand = stateText(agent, text)
  if (state !== 'active' || task === undefined) return [stand]
  return [stand, text.agents.graph.worksOn(orderText(task.description, text))]
}

function relationsOf({ edges }: GraphModel, name: string, text: Text): string[] {
  const { graph } = text.agents
  return edges
    .filter(({ from }) => from === name)
    .map(({ kind, to, mails }) => {
      const whom = nameOf(to, 'to', text)
      return kind === 'waits' ? graph.waitsFor(whom) : graph.mailsTo(mails, whom)
    })
}
