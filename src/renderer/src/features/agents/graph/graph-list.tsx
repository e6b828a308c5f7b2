import { type AgentView, USER } from '../../../../../shared/model/agent.js'
import { useAgents } from '../../../stores/agents.js'
import { type TasksState, useTasks } from '../../../stores/tasks.js'
import { showAgent } from '../../../stores/view.js'
import { countOf } from '../../../ui/format.js'
import { nameOf, orderText, stateText } from '../agent-text.js'
import type { GraphModel } from './graph-model.js'

/** The picture in words: who stands how, waits for whom, and has written to whom. */
export function GraphList({ model }: { readonly model: GraphModel }) {
  const byId = useAgents((state) => state.byId)
  const tasks = useTasks((state) => state.byId)
  return (
    <ul
      aria-label="Who works, waits and writes"
      className="max-h-[40%] shrink-0 overflow-y-auto border-t px-4 py-2 text-xs"
    >
      {model.nodes.map((name) => {
        const agent = byId[name]
        const told = [...(agent ? standOf(agent, tasks) : []), ...relationsOf(model, name)]
        return (
          <li key={name} className="py-0.5 text-muted">
            {name === USER || agent === undefined ? (
              <span className="font-medium text-text">You</span>
            ) : (
              <button
                type="button"
                className="rounded font-medium text-text hover:underline"
                onClick={() => showAgent(name)}
              >
                {name}
              </button>
            )}
            {told.length > 0 && `: ${told.join('; ')}`}
          </li>
        )
      })}
    </ul>
  )
}

function standOf(agent: AgentView, tasks: TasksState['byId']): string[] {
  const { state, current_task: taskId } = agent
  const task = taskId === null ? undefined : tasks[taskId]
  const work = state === 'active' && task !== undefined
  return [stateText(agent), ...(work ? [`works on “${orderText(task.description)}”`] : [])]
}

function relationsOf({ edges }: GraphModel, name: string): string[] {
  return edges
    .filter(({ from }) => from === name)
    .map(({ kind, to, mails }) =>
      kind === 'waits' ? `waits for ${nameOf(to)}` : `${countOf(mails, 'mail')} to ${nameOf(to)}`,
    )
}
