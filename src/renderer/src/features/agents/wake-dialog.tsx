import { useHost } from '../../app/host.js'
import { Field } from '../../ui/field.js'
import { FormDialog, textIn } from './form-dialog.js'

interface WakeDialogProps {
  readonly sessionId: string
  readonly agentId: string
  readonly onClose: () => void
}

export function WakeDialog({ sessionId, agentId, onClose }: WakeDialogProps) {
  const host = useHost()
  const wake = (data: FormData) => {
    const reason = textIn(data, 'reason')
    return host.call('async.wakeAgent', { sessionId, agentId, ...(reason && { reason }) })
  }
  return (
    <FormDialog
      title={`Wake ${agentId}`}
      submit="Wake"
      fields={['reason']}
      send={wake}
      onClose={onClose}
    >
      {(errors) => (
        <Field
          name="reason"
          label="Reason"
          placeholder="Woken by hand"
          hint="Stands in its timeline"
          error={errors.reason}
        />
      )}
    </FormDialog>
  )
}
