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
  exists: (file: string) => `${file} exists`,
  hasText: (file: string) => `${file} has its text`,
  review: (agent: string) => `Review by ${agent}`,
  noExitCode: 'no exit code',
  exitCode: (code: number) => `exit code ${code}`,
  score: (points: number) => `${points} of 100`,
  corrections: {
    in_progress: (attempt: number, limit: number) =>
      `Correction ${attempt} of ${limit}: in progress`,
    success: (attempt: number, limit: number) => `Correction ${attempt} of ${limit}: mended it`,
    failed: (attempt: number, limit: number) =>
      `Correction ${attempt} of ${limit}: did not mend it`,
  },
  states: {
    passed: 'Passed',
    failed: 'Failed',
    running: 'Running',
    open: 'Not run yet',
  },
}
