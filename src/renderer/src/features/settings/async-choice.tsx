import { useHost } from '../../app/host.js'
import { useSettings } from '../../stores/settings.js'
import { Choice } from '../../ui/choice.js'
import { failed } from '../../ui/failure.js'

const OPTIONS = [
  {
    value: 'on',
    label: 'In the background',
    hint: 'You go on talking while tasks run side by side',
  },
  { value: 'off', label: 'In turn', hint: 'The assistant waits for each task that it starts' },
] as const

/** Whether tasks run in the background, or each in its turn. */
export function AsyncChoice({ onSaved }: { readonly onSaved: () => void }) {
  const host = useHost()
  const isOn = useSettings((state) => state.settings?.asyncTasks ?? true)
  const save = (value: 'on' | 'off') => {
    host.call('settings.set', { asyncTasks: value === 'on' }).then(onSaved, failed('Not saved'))
  }
  return (
    <Choice label="How tasks run" value={isOn ? 'on' : 'off'} options={OPTIONS} onChange={save} />
  )
}
