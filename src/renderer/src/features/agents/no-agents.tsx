import { Plus } from 'lucide-react'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'

export function NoAgents({ onCreate }: { readonly onCreate: () => void }) {
  const text = useText().agents.none
  return (
    <div className="p-4 text-muted">
      <p className="font-medium text-text">{text.title}</p>
      <p className="mt-1">{text.hint}</p>
      <Button kind="primary" className="mt-3" onClick={onCreate}>
        <Plus aria-hidden size={14} /> {text.create}
      </Button>
    </div>
  )
}
