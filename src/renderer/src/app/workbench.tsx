import { useIsWide } from './is-wide.js'
import { NarrowPanes } from './narrow-panes.js'
import { Panes } from './panes.js'

/** The chat with the list of chats and the task monitor beside it. */
export function Workbench() {
  return useIsWide() ? <Panes /> : <NarrowPanes />
}
