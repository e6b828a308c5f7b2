import { DEFAULT_LIMITS, ResourceLimits } from '../../../../../shared/model/queue.js'
import { useHost } from '../../../app/host.js'
import { useQueue } from '../../../stores/queue.js'
import type { Settings } from '../../../stores/settings.js'
import { useText } from '../../../text/text.js'
import { SkeletonRows } from '../../../ui/pane.js'
import { ChoiceSetting, NumberSetting } from '../setting-controls.js'
import { useSaver } from '../use-saving.js'

type Name = keyof ResourceLimits

const NAMES: readonly Name[] = [
  'maxConcurrentTasks',
  'maxConcurrentAgents',
  'maxConcurrentBuilds',
  'maxConcurrentE2E',
  'cpuThreshold',
  'memoryThreshold',
]

export function LimitsSection({ settings }: { readonly settings: Settings }) {
  const limits = useQueue((state) => state.queue?.limits)
  if (limits === undefined) return <SkeletonRows rows={6} />
  return (
    <>
      <AsyncChoice isOn={settings.asyncTasks} />
      {NAMES.map((name) => (
        <Limit key={name} name={name} value={limits[name]} />
      ))}
    </>
  )
}

function Limit({ name, value }: { readonly name: Name; readonly value: number }) {
  const host = useHost()
  const text = useText().settings
  const saver = useSaver()
  const isPercent = name.endsWith('Threshold')
  const save = (next: number) => {
    const done = host.call('queue.limits.set', { [name]: next }).then((limits) => {
      useQueue.setState((state) => ({ queue: state.queue && { ...state.queue, limits } }))
    })
    saver.wait(done)
  }
  return (
    <NumberSetting
      item={name}
      value={value}
      usual={DEFAULT_LIMITS[name]}
      rule={ResourceLimits.shape[name]}
      wrong={isPercent ? text.number(1, 100) : text.wholeNumber(1, 1000)}
      unit={isPercent ? text.percent : ''}
      saver={saver}
      onSave={save}
    />
  )
}

/** Whether tasks run in the background, or each in its turn. */
function AsyncChoice({ isOn }: { readonly isOn: boolean }) {
  const text = useText().settings.asyncTasks
  const saver = useSaver()
  return (
    <ChoiceSetting
      item="asyncTasks"
      value={isOn ? 'on' : 'off'}
      usual="on"
      options={[
        { value: 'on', label: text.on, hint: text.onHint },
        { value: 'off', label: text.off, hint: text.offHint },
      ]}
      saver={saver}
      onSave={(value) => saver.save({ asyncTasks: value === 'on' })}
    />
  )
}
