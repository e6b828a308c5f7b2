import { useHost } from '../../app/host.js'
import { useAgents } from '../../stores/agents.js'
import { unreadCount, useMail } from '../../stores/mail.js'
import { showThread, useView } from '../../stores/view.js'
import { countOf } from '../../ui/format.js'

/** Which session is shown, where there is more than one. */
export function SessionChooser() {
  const host = useHost()
  const sessions = useAgents((state) => state.sessions) ?? []
  const sessionId = useAgents((state) => state.sessionId)
  const mail = useMail()
  if (sessionId === null || sessions.length === 0) return null
  const nameOf = (session: (typeof sessions)[number]) => {
    const unread = unreadCount(mail, session.sessionId)
    const waits = unread > 0 ? `, ${countOf(unread, 'mail')}` : ''
    return `${session.sessionId} (${countOf(session.agents, 'agent')}${waits})`
  }
  return (
    <select
      aria-label="Session"
      value={sessionId}
      className="h-7 min-w-0 max-w-56 flex-initial truncate rounded-md border bg-surface px-1.5 text-text text-xs"
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
