import type { Transaction } from '../events/event-log.js'
import { updateMail } from '../store/queries/mails.js'
import { type MailRecord, mailView } from './mail-record.js'

/** Stores a change of a mail and tells of it. */
export function changeMail({ db, emit }: Transaction, mail: MailRecord): void {
  updateMail(db, mail)
  emit('mail.updated', {
    sessionId: mail.sessionId,
    agentId: mail.to,
    mailId: mail.id,
    mail: mailView(mail),
  })
}
