/** What happened to an agent, in its own words; see `AgentLogs`. */
export interface AgentJournal {
  note(agent: { readonly sessionId: string; readonly agentId: string }, line: string): void
}

export const NO_JOURNAL: AgentJournal = { note: () => undefined }
