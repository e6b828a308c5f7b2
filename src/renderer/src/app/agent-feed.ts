import { USER } from '../../../shared/model/agent.js'
import { messageOf } from '../../../shared/rpc/errors.js'
import {
  type AgentSession,
  SHOWN_SESSION,
  touchesAgents,
  useAgents,
  withAgents,
  withSessions,
  withShown,
} from '../stores/agents.js'
import type { HostEvent } from '../stores/host-event.js'
import { useMail, withInbox, withNewestThreads, withOlderThreads } from '../stores/mail.js'
import { remember } from '../stores/storage.js'
import { useView } from '../stores/view.js'
import type { Host } from './host.js'
import { Reader } from './reader.js'

const THREADS_PER_PAGE = 100
const MOST_UNREAD = 500
/** The inbox of the person is read in this many of the newest sessions; in all of them it is heard of. */
const SESSIONS_WITH_INBOX = 20

/** Reads what is known of agents and of mail, and again what events only hint at. */
export class AgentFeed {
  readonly #call: Host['call']
  readonly #sessions = new Reader(() => this.#readSessions())
  readonly #agents = new Reader(() => this.#readAgents())
  readonly #threads = new Reader(() => this.#readThreads())

  constructor(call: Host['call']) {
    this.#call = call
  }

  /** Everything that is shown, anew. */
  async refresh(): Promise<void> {
    await this.#sessions.ask()
    await this.#readShown()
  }

  async show(sessionId: string): Promise<void> {
    remember(SHOWN_SESSION, sessionId)
    useAgents.setState((state) => withShown(state, sessionId))
    await this.#readShown()
  }

  async loadOlderThreads(): Promise<void> {
    const { sessionId, olderCursor: cursor } = useMail.getState()
    if (sessionId === null || cursor === null) return
    const page = await this.#call('mail.threads', { sessionId, limit: THREADS_PER_PAGE, cursor })
    useMail.setState((state) => withOlderThreads(state, sessionId, page))
  }

  afterEvents(events: readonly HostEvent[]): void {
    const agents = useAgents.getState()
    // The session that was shown is gone, or the first one has begun.
    if (agents.sessionId !== useMail.getState().sessionId) void this.#readShown()
    // Nobody looks: they are read when somebody does.
    if (!useView.getState().agentsOpen) return
    if (events.some((event) => touchesAgents(agents, event))) void this.#agents.ask()
  }

  async #readShown(): Promise<void> {
    await Promise.all([this.#agents.ask(), this.#threads.ask()])
  }

  #readSessions(): Promise<void> {
    return this.#call('async.listSessions', {}).then(
      async (page) => {
        useAgents.setState((state) => withSessions(state, page))
        const newest = page.sessions.slice(0, SESSIONS_WITH_INBOX)
        await Promise.all(newest.map((session) => this.#readInbox(session)))
      },
      (error: unknown) => useAgents.setState({ error: messageOf(error) }),
    )
  }

  #readInbox({ sessionId }: AgentSession): Promise<void> {
    const inbox = { sessionId, agentId: USER, unreadOnly: true, limit: MOST_UNREAD }
    return this.#call('mail.inbox', inbox).then(
      ({ mails }) => useMail.setState((state) => withInbox(state, sessionId, mails)),
      (error: unknown) => console.warn(`the inbox was not read: ${messageOf(error)}`),
    )
  }

  #readAgents(): Promise<void> {
    const { sessionId } = useAgents.getState()
    if (sessionId === null) return Promise.resolve()
    return this.#call('async.getAgentStates', { sessionId }).then(
      (answer) => useAgents.setState((state) => withAgents(state, sessionId, answer)),
      (error: unknown) => {
        // Another session was chosen meanwhile, and is read next.
        if (useAgents.getState().sessionId !== sessionId) return
        useAgents.setState({ error: messageOf(error) })
      },
    )
  }

  #readThreads(): Promise<void> {
    const { sessionId } = useAgents.getState()
    if (sessionId === null) {
      useMail.setState({ sessionId: null, threads: {}, loaded: false, error: null })
      return Promise.resolve()
    }
    return this.#call('mail.threads', { sessionId, limit: THREADS_PER_PAGE }).then(
      (page) => useMail.setState((state) => withNewestThreads(state, sessionId, page)),
      (error: unknown) => {
        if (useAgents.getState().sessionId !== sessionId) return
        useMail.setState({ sessionId, threads: {}, loaded: false, error: messageOf(error) })
      },
    )
  }
}
