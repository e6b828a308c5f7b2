import { app } from 'electron'
import { LINK_SCHEME } from '../../../shared/model/place.js'

/** What follows it is never taken for a switch, whatever a page has put into a link. */
const ARGS = ['--']

/** Whether the system hands our links to this app. A checkout is no program that a system could know of. */
export function setOpensLinks(wanted: boolean): void {
  if (!app.isPackaged) return
  if (wanted) app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ARGS)
  else app.removeAsDefaultProtocolClient(LINK_SCHEME, process.execPath, ARGS)
}
