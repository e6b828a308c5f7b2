import { Mail, Moon, Pause, Play, RotateCcw, Square, Sun, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useHost } from '../../app/host.js'
import { showAgent } from '../../stores/view.js'
import { Button } from '../../ui/button.js'
import { ConfirmDialog } from '../../ui/dialog.js'
import { failed } from '../../ui/failure.js'
import { focusWhenFree } from '../../ui/focus-when-free.js'
import type { AgentProps } from './agent-detail.js'
import { ComposeMail } from './mail/compose-mail.js'
import { permitted } from './permitted.js'
import { SleepDialog } from './sleep-dialog.js'
import { WakeDialog } from './wake-dialog.js'

type Asking = 'sleep' | 'wake' | 'delete' | 'mail' | null

/** All that can be asked of an agent; what its state does not allow is switched off. */
export function AgentControls({ sessionId, agentId, agent }: AgentProps) {
  const host = useHost()
  const [asking, setAsking] = useState<Asking>(null)
  const may = permitted(agent)
  const who = { sessionId, agentId }
  const done = () => setAsking(null)
  const remove = () => {
    host.call('async.deleteAgent', who).then(() => {
      showAgent(null)
      focusWhenFree('[data-pane="tasks"] [data-agent]')
    }, failed('The agent was not deleted'))
  }
  const ask = (method: Simple, what: string) => () => {
    host.call(method, who).catch(failed(what))
  }
  return (
    <fieldset aria-label="Ask of the agent" className="mt-2.5 flex flex-wrap gap-1.5">
      <Control
        icon={Play}
        label="Start"
        on={may.has('start')}
        run={ask('async.startAgent', 'Not started')}
      />
      <Control
        icon={Square}
        label="Stop"
        on={may.has('stop')}
        run={ask('async.stopAgent', 'Not stopped')}
      />
      <Control
        icon={Pause}
        label="Pause"
        on={may.has('pause')}
        run={ask('async.pauseAgent', 'Not paused')}
      />
      <Control
        icon={RotateCcw}
        label="Resume"
        on={may.has('resume')}
        run={ask('async.resumeAgent', 'Not resumed')}
      />
      <Control icon={Moon} label="Sleep…" on={may.has('sleep')} run={() => setAsking('sleep')} />
      <Control icon={Sun} label="Wake…" on={may.has('wake')} run={() => setAsking('wake')} />
      <Control icon={Mail} label="Write…" on run={() => setAsking('mail')} />
      <Control
        icon={Trash2}
        label="Delete…"
        on={may.has('delete')}
        run={() => setAsking('delete')}
      />
      {asking === 'sleep' && <SleepDialog {...who} onClose={done} />}
      {asking === 'wake' && <WakeDialog {...who} onClose={done} />}
      {asking === 'mail' && <ComposeMail sessionId={sessionId} to={agentId} onClose={done} />}
      {asking === 'delete' && (
        <ConfirmDialog
          title="Delete this agent?"
          description={`${agentId} and its memory are gone, and the tasks in its queue are cancelled. What it has done stays.`}
          confirm="Delete agent"
          onConfirm={remove}
          onClose={done}
        />
      )}
    </fieldset>
  )
}

type Simple = 'async.startAgent' | 'async.stopAgent' | 'async.pauseAgent' | 'async.resumeAgent'

interface ControlProps {
  readonly icon: typeof Play
  readonly label: string
  readonly on: boolean
  readonly run: () => void
}

function Control({ icon: Icon, label, on, run }: ControlProps) {
  return (
    <Button small disabled={!on} onClick={run}>
      <Icon aria-hidden size={12} strokeWidth={1.75} /> {label}
    </Button>
  )
}
