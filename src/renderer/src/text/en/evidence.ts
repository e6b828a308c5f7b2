export const evidence = {
  notRead: (reason: string) => `What the checks found could not be read: ${reason}`,
  none: 'This task has no checks.',
  checks: 'Checks',
  correction: 'Correction',
  comments: 'Comments',
  output: 'Output',
  ofRound: (what: string, name: string, round: number) => `${what} of ${name}, round ${round}`,
  history: 'History',
  round: (round: number) => `Round ${round}`,
  passed: 'Passed',
  failed: 'Failed',
  states: {
    passed: 'Passed',
    failed: 'Failed',
    running: 'Running',
    open: 'Not run yet',
  },
}
