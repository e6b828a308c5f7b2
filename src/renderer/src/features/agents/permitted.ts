import type { AgentView } from '../../../../shared/model/agent.js'

export type AgentAction =
  | 'start'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'sleep'
  | 'wake'
  | 'sendTask'
  | 'delete'

export type Condition = Pick<
  AgentView,
  'state' | 'started' | 'pausing' | 'will_sleep' | 'current_task' | 'wake_events' | 'wake_on_mail'
>

/** What makes sense in the state that an agent is in. The host decides: it may refuse it all the same. */
export function permitted(agent: Condition): ReadonlySet<AgentAction> {
  const { state, started, pausing, current_task } = agent
  const allowed: Readonly<Record<AgentAction, boolean>> = {
    start: !started && state !== 'paused' && state !== 'active',
    stop: state !== 'stopped',
    pause: started && state !== 'paused' && state !== 'stopped' && !pausing,
    resume: state === 'paused' || pausing,
    sleep: state !== 'paused' && state !== 'stopped',
    wake: hasSleep(agent),
    sendTask: state !== 'stopped',
    delete: !started && current_task === null,
  }
  return new Set((Object.keys(allowed) as AgentAction[]).filter((action) => allowed[action]))
}

/** It sleeps, will sleep, or would go on sleeping when it is resumed. */
function hasSleep({ state, will_sleep, wake_events, wake_on_mail }: Condition): boolean {
  if (state === 'sleeping' || will_sleep) return true
  return state === 'paused' && (wake_events.length > 0 || wake_on_mail !== null)
}
