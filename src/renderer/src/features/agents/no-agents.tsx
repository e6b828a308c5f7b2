import { Plus } from 'lucide-react'
import { Button } from '../../ui/button.js'

export function NoAgents({ onCreate }: { readonly onCreate: () => void }) {
  return (
    <div className="p-4 text-muted">
      <p className="font-medium text-text">No agents yet</p>
      <p className="mt-1">
        An agent has a name, instructions and a memory of its own. It works through the tasks that
        you or other agents send it, one at a time, also after this window is closed; it answers
        mail, and sleeps until it is needed. Agents of one session can write to each other.
      </p>
      <Button kind="primary" className="mt-3" onClick={onCreate}>
        <Plus aria-hidden size={14} /> Create an agent
      </Button>
    </div>
  )
}
