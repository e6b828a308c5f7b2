import { MAIL_PRIORITIES, MailPriority } from '../../../../shared/model/mail.js'
import { useHost } from '../../app/host.js'
import { Field, INPUT, SelectField } from '../../ui/field.js'
import { mailFrom } from './agent-text.js'
import { FormDialog, listIn, textIn } from './form-dialog.js'

const UNITS = [
  { value: '1', label: 'seconds' },
  { value: '60', label: 'minutes' },
  { value: '3600', label: 'hours' },
  { value: '86400', label: 'days' },
]
const FROM = [
  { value: '', label: 'Mail does not wake it' },
  ...MAIL_PRIORITIES.map((priority) => ({ value: priority, label: `Mail: ${mailFrom(priority)}` })),
]

interface SleepDialogProps {
  readonly sessionId: string
  readonly agentId: string
  readonly onClose: () => void
}

/** Lays an agent to rest, and says what wakes it. */
export function SleepDialog({ sessionId, agentId, onClose }: SleepDialogProps) {
  const host = useHost()
  const sleep = (data: FormData) => {
    const duration = textIn(data, 'duration')
    const wakeEvents = listIn(data, 'wakeEvents')
    const wakeOnMail = MailPriority.safeParse(data.get('wakeOnMail')).data
    return host.call('async.sleepAgent', {
      sessionId,
      agentId,
      ...(duration && { durationSeconds: Number(duration) * Number(data.get('unit')) }),
      ...(wakeEvents.length > 0 && { wakeEvents }),
      ...(wakeOnMail && { wakeOnMail }),
    })
  }
  return (
    <FormDialog
      title={`Let ${agentId} sleep`}
      description="After the task in hand, if there is one. The first of these wakes it; with none of them it sleeps until somebody does."
      submit="Sleep"
      fields={['durationSeconds', 'wakeEvents', 'wakeOnMail']}
      send={sleep}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field
            name="duration"
            type="number"
            min={0}
            step="any"
            label="For how long"
            placeholder="No end"
            error={errors.durationSeconds}
            after={
              <select name="unit" aria-label="Unit" defaultValue="60" className={INPUT}>
                {UNITS.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </select>
            }
          />
          <Field
            name="wakeEvents"
            label="Events that wake it"
            placeholder="None"
            hint="Names with commas between them"
            error={errors.wakeEvents}
          />
          <SelectField
            name="wakeOnMail"
            label="Mail that wakes it"
            options={FROM}
            error={errors.wakeOnMail}
          />
        </>
      )}
    </FormDialog>
  )
}
