import { MAIL_PRIORITIES, MailPriority } from '../../../../shared/model/mail.js'
import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { Field, INPUT, SelectField } from '../../ui/field.js'
import { FormDialog, listIn, textIn } from './form-dialog.js'

/** In seconds. */
const UNITS = ['1', '60', '3600', '86400'] as const

interface SleepDialogProps {
  readonly sessionId: string
  readonly agentId: string
  readonly onClose: () => void
}

/** Lays an agent to rest, and says what wakes it. */
export function SleepDialog({ sessionId, agentId, onClose }: SleepDialogProps) {
  const host = useHost()
  const { agents, agentDetail } = useText()
  const text = agentDetail.sleep
  const mails = MAIL_PRIORITIES.map((priority) => ({
    value: priority,
    label: text.mailOf(agents.sleep.mail[priority]),
  }))
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
      title={text.title(agentId)}
      description={text.hint}
      submit={text.submit}
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
            label={text.duration}
            placeholder={text.noEnd}
            error={errors.durationSeconds}
            after={
              <select name="unit" aria-label={text.unit} defaultValue="60" className={INPUT}>
                {UNITS.map((seconds) => (
                  <option key={seconds} value={seconds}>
                    {text.units[seconds]}
                  </option>
                ))}
              </select>
            }
          />
          <Field
            name="wakeEvents"
            label={text.events}
            placeholder={text.noEvents}
            hint={text.eventsHint}
            error={errors.wakeEvents}
          />
          <SelectField
            name="wakeOnMail"
            label={text.mail}
            options={[{ value: '', label: text.noMail }, ...mails]}
            error={errors.wakeOnMail}
          />
        </>
      )}
    </FormDialog>
  )
}
