import { dialog } from 'electron'
import type { DesktopText } from './text/desktop-text.js'

const QUIT = 0
const STAY = 1

/** Whether the person wants to quit although `runningCount` tasks are at work. */
export async function wantsToQuit(
  runningCount: number,
  { quitting }: DesktopText,
): Promise<boolean> {
  if (runningCount === 0) return true
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: quitting.title,
    detail: `${quitting.message(runningCount)} ${quitting.detail(runningCount)}`,
    buttons: [quitting.quit, quitting.stay],
    defaultId: QUIT,
    cancelId: STAY,
    noLink: true,
  })
  return response === QUIT
}
