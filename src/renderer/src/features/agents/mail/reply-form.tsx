import { USER } from '../../../../../shared/model/agent.js'
import { useHost } from '../../../app/host.js'
import { useText } from '../../../text/text.js'
import { TextForm } from '../text-form.js'
import type { answerable } from './mail-text.js'

interface ReplyFormProps {
  readonly sessionId: string
  readonly answer: NonNullable<ReturnType<typeof answerable>>
}

/** Goes on with a thread of the person. */
export function ReplyForm({ sessionId, answer }: ReplyFormProps) {
  const host = useHost()
  const text = useText().mail
  const { mailId, threadId, from, to, subject } = answer.mail
  const draft = `draft.mail.${threadId}`
  if (answer.kind === 'reply') {
    return (
      <TextForm
        label={text.replyTo(from)}
        placeholder={text.replyTo(from)}
        submit={text.reply}
        field="body"
        draft={draft}
        send={(body) => host.call('mail.reply', { mailId, body })}
      />
    )
  }
  const letter = { sessionId, from: USER, to, subject, replyTo: mailId }
  return (
    <TextForm
      label={text.moreFor(to)}
      placeholder={text.writeAgain(to)}
      submit={text.send}
      field="body"
      draft={draft}
      send={(body) => host.call('mail.send', { ...letter, body })}
    />
  )
}
