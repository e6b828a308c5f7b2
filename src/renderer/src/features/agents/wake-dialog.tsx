import { useHost } from '../../app/host.js'
import { useText } from '../../text/text.js'
import { Field } from '../../ui/field.js'
import { FormDialog, textIn } from './form-dialog.js'

interface WakeDialogProps {
  readonly sessionId: string
  readonly agentId: string
  readonly onClose: () => void
}

export function WakeDialog({ sessionId, agentId, onClose }: WakeDialogProps) {
  const host = useHost()
  const text = useText().agentDetail.wake
  const wake = (data: FormData) => {
    const reason = textIn(data, 'reason') || text.noReason
    return host.call('async.wakeAgent', { sessionId, agentId, reason })
  }
  return (
    <FormDialog
      title={text.title(agentId)}
      submit={text.submit}
      fields={['reason']}
      send={wake}
      onClose={onClose}
    >
      {(errors) => (
        <Field
          name="reason"
          label={text.reason}
          placeholder={text.noReason}
          hint={text.reasonHint}
          error={errors.reason}
        />
      )}
    </FormDialog>
  )
}
