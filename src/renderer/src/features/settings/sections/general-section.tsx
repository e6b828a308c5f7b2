import {
  DEFAULT_PREFERENCES,
  type Preferences,
  RetentionPreferences,
} from '../../../../../shared/model/preferences.js'
import { useText } from '../../../text/text.js'
import { NumberSetting, SwitchSetting } from '../setting-controls.js'
import { useSaver } from '../use-saving.js'

interface SectionProps {
  readonly preferences: Preferences
}

const OF_THE_DESKTOP = ['closeKeepsRunning', 'startAtLogin', 'keepAwake', 'openLinks'] as const

/** What the desktop app does; every window may set it, and says where it has no effect. */
export function GeneralSection({ preferences }: SectionProps) {
  return OF_THE_DESKTOP.map((item) => (
    <DesktopSwitch key={item} item={item} value={preferences[item]} />
  ))
}

interface DesktopSwitchProps {
  readonly item: (typeof OF_THE_DESKTOP)[number]
  readonly value: boolean
}

function DesktopSwitch({ item, value }: DesktopSwitchProps) {
  const text = useText().settings
  const saver = useSaver()
  return (
    <SwitchSetting
      item={item}
      value={value}
      usual={DEFAULT_PREFERENCES[item]}
      note={window.smartAgents === undefined ? text.desktopOnly : null}
      saver={saver}
      onSave={(next) => saver.save({ preferences: { [item]: next } })}
    />
  )
}

const SPANS = ['outputDays', 'taskDays', 'eventDays'] as const

export function RetentionSection({ preferences }: SectionProps) {
  return SPANS.map((item) => <Span key={item} item={item} retention={preferences.retention} />)
}

interface SpanProps {
  readonly item: (typeof SPANS)[number]
  readonly retention: RetentionPreferences
}

function Span({ item, retention }: SpanProps) {
  const text = useText().settings
  const saver = useSaver()
  return (
    <NumberSetting
      item={item}
      value={retention[item]}
      usual={DEFAULT_PREFERENCES.retention[item]}
      rule={RetentionPreferences.shape[item]}
      wrong={text.wholeNumber(1, 36_500)}
      unit={text.days}
      empty={text.never}
      saver={saver}
      onSave={(days) => saver.save({ preferences: { retention: { ...retention, [item]: days } } })}
    />
  )
}
