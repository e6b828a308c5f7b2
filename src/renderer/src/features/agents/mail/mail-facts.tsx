import type { MailView } from '../../../../../shared/model/mail.js'
import { useText } from '../../../text/text.js'
import { cx } from '../../../ui/class-names.js'
import { mailStateText, waitsForUser } from './mail-text.js'

/** How urgent a mail is and how far. */
export function MailFacts({ mail }: { readonly mail: MailView }) {
  const text = useText()
  const { priority, state } = mail
  const urgent = priority === 'high' || priority === 'urgent'
  return (
    <span className="flex shrink-0 gap-2">
      {priority !== 'normal' && (
        <span className={cx(urgent && 'text-warn')}>{text.mail.priorities[priority]}</span>
      )}
      <span
        className={cx(
          state === 'failed' && 'text-bad',
          waitsForUser(mail) && 'font-medium text-accent-text',
        )}
      >
        {mailStateText(mail, text)}
      </span>
    </span>
  )
}
