import { describe, expect, it } from 'vitest'
import { MailId } from '../../../../../shared/model/ids.js'
import type { MailView } from '../../../../../shared/model/mail.js'
import { de } from '../../../text/de/index.js'
import { en } from '../../../text/en/index.js'
import { zhHant } from '../../../text/zh-hant/index.js'
import { answerable, mailStateText, partiesText } from './mail-text.js'

function mail(from: string, to: string, id: string): MailView {
  const mailId = MailId.parse(`mail_${id}`)
  return {
    ...{ mailId, threadId: mailId, replyTo: null, from, to, subject: 's', body: 'b' },
    ...{ priority: 'normal', state: 'unread', createdAt: 1, expiresAt: null, readAt: null },
    ...{ handledAt: null, awaitsReply: false, taskId: null, error: null },
  }
}

const asked = mail('user', 'anna', 'a')
const answered = mail('anna', 'user', 'b')

describe('texts about mail', () => {
  it('speak to the person', () => {
    const mails = [asked, answered]
    expect(mails.map((one) => partiesText(one, en))).toEqual(['You to anna', 'anna to you'])
    expect(mails.map((one) => partiesText(one, de))).toEqual(['Du an anna', 'anna an dich'])
    expect(mails.map((one) => partiesText(one, zhHant))).toEqual(['你寄給 anna', 'anna 寄給你'])
    expect(mails.map((one) => mailStateText(one, en))).toEqual(['Unread', 'For you'])
    expect(mails.map((one) => mailStateText(one, de))).toEqual(['Ungelesen', 'Für dich'])
  })

  it('let the person go on with threads that are theirs', () => {
    expect(answerable([asked, answered, asked])).toEqual({ kind: 'reply', mail: answered })
    expect(answerable([asked])).toEqual({ kind: 'again', mail: asked })
    expect(answerable([mail('anna', 'ben', 'c')])).toBeNull()
  })
})
