/** What the loop itself says to a model; nobody else wrote it. */
export const FINISH_REMINDER =
  'You ended your turn without calling finish. If the work is done (or cannot be done), call finish with your report; otherwise go on.'
export const CUT_REMINDER =
  'Your last answer was cut at its length limit. Go on from where it ended.'

export function isReminder(text: string): boolean {
  return text === FINISH_REMINDER || text === CUT_REMINDER
}
