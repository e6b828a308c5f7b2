import './app/no-eval.js'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { announce } from './app/announcer.js'
import { App } from './app/app.js'
import { startAppearing } from './app/appearance.js'
import { HostContext } from './app/host.js'
import { startSpeaking } from './app/language.js'
import { followRequests } from './app/places/follow-requests.js'
import { Session } from './app/session.js'
import { showNotifications } from './features/notifications/show-notifications.js'
import { useConnection } from './stores/connection.js'
import { ErrorBoundary } from './ui/error-boundary.js'
import './app/app.css'

startAppearing()

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no element with the id "root"')

const session: Session = new Session((events) => {
  announce(events)
  showNotifications(session, events, Date.now() + useConnection.getState().clockAheadMs)
})
session.start()
window.addEventListener('pagehide', (event) => {
  // A page that is only put aside comes back with its connection lost, and mends that by itself.
  if (!event.persisted) session.stop()
})

await startSpeaking()
createRoot(container).render(
  <StrictMode>
    <ErrorBoundary name="Smart Agents">
      <HostContext value={session}>
        <App />
      </HostContext>
    </ErrorBoundary>
  </StrictMode>,
)
followRequests(session)
