import { Mail, Moon, Pause, Play, RotateCcw, Square, Sun, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useHost } from '../../app/host.js'
import { showAgent } from '../../stores/view.js'
import { useText } from '../../text/text.js'
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
  const text = useText().agentDetail.controls
  const [asking, setAsking] = useState<Asking>(null)
  const may = permitted(agent)
  const who = { sessionId, agentId }
  const done = () => setAsking(null)
  const remove = () => {
    host.call('async.deleteAgent', who).then(() => {
      showAgent(null)
      focusWhenFree('[data-pane="tasks"] [data-agent]')
    }, failed(text.notDeleted))
  }
  const ask = (method: Simple, what: string) => () => {
    host.call(method, who).catch(failed(what))
  }
  return (
    <fieldset aria-label={text.label} className="mt-2.5 flex flex-wrap gap-1.5">
      <Control
        icon={Play}
        label={text.start}
        on={may.has('start')}
        run={ask('async.startAgent', text.notStarted)}
      />
      <Control
        icon={Square}
        label={text.stop}
        on={may.has('stop')}
        run={ask('async.stopAgent', text.notStopped)}
      />
      <Control
        icon={Pause}
        label={text.pause}
        on={may.has('pause')}
        run={ask('async.pauseAgent', text.notPaused)}
      />
      <Control
        icon={RotateCcw}
        label={text.resume}
        on={may.has('resume')}
        run={ask('async.resumeAgent', text.notResumed)}
      />
      <Control
        icon={Moon}
        label={text.sleep}
        on={may.has('sleep')}
        run={() => setAsking('sleep')}
      />
      <Control icon={Sun} label={text.wake} on={may.has('wake')} run={() => setAsking('wake')} />
      <Control icon={Mail} label={text.write} on run={() => setAsking('mail')} />
      <Control
        icon={Trash2}
        label={text.delete}
        on={may.has('delete')}
        run={() => setAsking('delete')}
      />
      {asking === 'sleep' && <SleepDialog {...who} onClose={done} />}
      {asking === 'wake' && <WakeDialog {...who} onClose={done} />}
      {asking === 'mail' && <ComposeMail sessionId={sessionId} to={agentId} onClose={done} />}
      {asking === 'delete' && (
        <ConfirmDialog
          title={text.askDelete}
          description={text.deleteHint(agentId)}
          confirm={text.confirmDelete}
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
