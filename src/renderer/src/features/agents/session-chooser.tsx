import { useHost } from '../../app/host.js'
import { useAgents } from '../../stores/agents.js'
import { unreadCount, useMail } from '../../stores/mail.js'
import { showThread, useView } from '../../stores/view.js'
import { useText } from '../../text/text.js'

/** Which session is shown, where there is more than one. */
export function SessionChooser() {
  const host = useHost()
  const { agents, mail: mailText } = useText()
  const sessions = useAgents((state) => state.sessions) ?? []
  const sessionId = useAgents((state) => state.sessionId)
  const mail = useMail()
  if (sessionId === null || sessions.length === 0) return null
  const nameOf = (session: (typeof sessions)[number]) => {
    const unread = unreadCount(mail, session.sessionId)
    const waits = unread > 0 ? [mailText.count(unread)] : []
    return agents.sessionWith(session.sessionId, [agents.count(session.agents), ...waits])
  }
  return (
    <select
      aria-label={agents.session}
      value={sessionId}
      className="h-7 min-w-0 max-w-[min(14rem,55%)] flex-initial truncate rounded-md border bg-surface px-1.5 text-text text-xs"
      onChange={(event) => {
        const tab = useView.getState().agentsTab
        showThread(null)
        useView.setState({ agentsTab: tab })
        void host.showSession(event.currentTarget.value)
      }}
    >
      {sessions.map((session) => (
        <option key={session.sessionId} value={session.sessionId}>
          {nameOf(session)}
        </option>
      ))}
    </select>
  )
}
