import { USER } from '../../../../../shared/model/agent.js'
import { MAIL_PRIORITIES, MailPriority } from '../../../../../shared/model/mail.js'
import { useHost } from '../../../app/host.js'
import { useAgents } from '../../../stores/agents.js'
import { useText } from '../../../text/text.js'
import { AreaField, Field, SelectField } from '../../../ui/field.js'
import { FormDialog, textIn } from '../form-dialog.js'

interface ComposeMailProps {
  readonly sessionId: string
  /** Whom it is for, where that is known. */
  readonly to?: string
  readonly onClose: () => void
}

const FIELDS = ['to', 'subject', 'body', 'priority'] as const

/** A mail of the person to an agent. */
export function ComposeMail({ sessionId, to, onClose }: ComposeMailProps) {
  const host = useHost()
  const text = useText().mail
  const priorities = MAIL_PRIORITIES.map((priority) => ({
    value: priority,
    label: text.priorities[priority],
  }))
  const names = Object.keys(useAgents((state) => state.byId))
  const send = (data: FormData) =>
    host.call('mail.send', {
      sessionId,
      from: USER,
      to: textIn(data, 'to'),
      subject: textIn(data, 'subject'),
      body: textIn(data, 'body'),
      priority: MailPriority.parse(data.get('priority')),
    })
  return (
    <FormDialog
      title={text.compose}
      submit={text.send}
      wide
      fields={FIELDS}
      send={send}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <SelectField
              name="to"
              label={text.to}
              defaultValue={to ?? names[0]}
              options={names.map((name) => ({ value: name, label: name }))}
              error={errors.to}
            />
            <SelectField
              name="priority"
              label={text.priority}
              defaultValue="normal"
              options={priorities}
              error={errors.priority}
            />
          </div>
          <Field name="subject" label={text.subject} error={errors.subject} />
          <AreaField name="body" label={text.body} rows={8} error={errors.body} />
        </>
      )}
    </FormDialog>
  )
}
