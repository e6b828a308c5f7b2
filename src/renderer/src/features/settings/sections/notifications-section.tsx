import {
  DEFAULT_PREFERENCES,
  NotificationPreferences,
  type Preferences,
} from '../../../../../shared/model/preferences.js'
import { useText } from '../../../text/text.js'
import { cx } from '../../../ui/class-names.js'
import { INPUT } from '../../../ui/field.js'
import { BrowserPermission } from '../../notifications/browser-permission.js'
import { ChoiceSetting, NumberSetting, SwitchSetting } from '../setting-controls.js'
import { useSaver } from '../use-saving.js'

const USUAL = DEFAULT_PREFERENCES.notifications
const SECOND_MS = 1000
const MOST_SECONDS = 86_400
const STRATEGIES = ['completion', 'milestone', 'verbose', 'silent'] as const

interface SectionProps {
  readonly preferences: Preferences
}

interface PartProps {
  readonly chosen: NotificationPreferences
}

/** What a person is told of, and when. */
export function NotificationsSection({ preferences: { notifications } }: SectionProps) {
  return (
    <>
      <Strategy chosen={notifications} />
      <Progress chosen={notifications} />
      <Throttle chosen={notifications} />
      <QuietHours chosen={notifications} />
      <NotifySwitch item="respectDoNotDisturb" chosen={notifications} />
      <NotifySwitch item="sound" chosen={notifications} />
      <BrowserPermission />
    </>
  )
}

function useNotifySaver(chosen: NotificationPreferences) {
  const saver = useSaver()
  const save = (change: Partial<NotificationPreferences>) =>
    saver.save({ preferences: { notifications: { ...chosen, ...change } } })
  return { saver, save }
}

function Strategy({ chosen }: PartProps) {
  const text = useText().settings.notifications
  const { saver, save } = useNotifySaver(chosen)
  return (
    <ChoiceSetting
      item="notifyStrategy"
      value={chosen.strategy}
      usual={USUAL.strategy}
      options={STRATEGIES.map((value) => ({
        value,
        label: text[value],
        hint: text[`${value}Hint`],
      }))}
      saver={saver}
      onSave={(strategy) => save({ strategy })}
    />
  )
}

function Progress({ chosen }: PartProps) {
  const text = useText().settings
  const { saver, save } = useNotifySaver(chosen)
  return (
    <NumberSetting
      item="minProgressDelta"
      value={chosen.minProgressDelta}
      usual={USUAL.minProgressDelta}
      rule={NotificationPreferences.shape.minProgressDelta}
      wrong={text.number(0, 100)}
      unit={text.percent}
      saver={saver}
      onSave={(minProgressDelta) => save({ minProgressDelta })}
    />
  )
}

/** The host counts in milliseconds, people do not. */
const Seconds = NotificationPreferences.shape.throttleMs.min(0).max(MOST_SECONDS)

function Throttle({ chosen }: PartProps) {
  const text = useText().settings
  const { saver, save } = useNotifySaver(chosen)
  return (
    <NumberSetting
      item="throttle"
      value={Math.round(chosen.throttleMs / SECOND_MS)}
      usual={USUAL.throttleMs / SECOND_MS}
      rule={Seconds}
      wrong={text.wholeNumber(0, MOST_SECONDS)}
      unit={text.notifications.seconds}
      saver={saver}
      onSave={(seconds) => save({ throttleMs: seconds * SECOND_MS })}
    />
  )
}

const FIRST_QUIET = { from: '22:00', to: '07:00' }

function QuietHours({ chosen }: PartProps) {
  const text = useText().settings.notifications
  const { saver, save } = useNotifySaver(chosen)
  const { quietHours } = chosen
  return (
    <>
      <SwitchSetting
        item="quietHours"
        value={quietHours !== null}
        usual={false}
        saver={saver}
        onSave={(isOn) => save({ quietHours: isOn ? FIRST_QUIET : null })}
      />
      {quietHours !== null && (
        <div className="flex gap-4 pb-3">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="flex items-center gap-2 text-muted">
              {text[end]}
              <input
                type="time"
                required
                className={cx(INPUT, 'figures w-28!')}
                value={quietHours[end]}
                onChange={({ currentTarget: { value } }) => {
                  // An empty field is one that is being typed in.
                  if (value !== '')
                    save({ quietHours: { ...quietHours, [end]: value.slice(0, 5) } })
                }}
              />
            </label>
          ))}
        </div>
      )}
    </>
  )
}

interface NotifySwitchProps extends PartProps {
  readonly item: 'respectDoNotDisturb' | 'sound'
}

function NotifySwitch({ item, chosen }: NotifySwitchProps) {
  const { saver, save } = useNotifySaver(chosen)
  return (
    <SwitchSetting
      item={item}
      value={chosen[item]}
      usual={USUAL[item]}
      saver={saver}
      onSave={(value) => save({ [item]: value })}
    />
  )
}
