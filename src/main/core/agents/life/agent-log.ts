export interface LogOwner {
  readonly sessionId: string
  readonly agentId: string
}

/** What happened to an agent, in its own words; see `AgentLogs`. */
export interface AgentJournal {
  note(agent: LogOwner, line: string): void
  /** The agent is no more, and another one of its name begins with an empty log. */
  forget(agent: LogOwner): void
}

export const NO_JOURNAL: AgentJournal = { note: () => undefined, forget: () => undefined }
