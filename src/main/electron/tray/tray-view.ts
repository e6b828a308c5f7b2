import type { Place } from '../../../shared/model/place.js'
import { type DesktopState, type EndedTask, MOST_WAITING } from '../desktop/desktop-state.js'
import { menuLabel } from '../menu/menu-label.js'
import type { DesktopText } from '../text/desktop-text.js'

export type TrayIcon = 'idle' | 'working' | 'attention' | 'failed'

export type TrayAction =
  | { readonly do: 'show'; readonly place: Place }
  | { readonly do: 'pause' | 'resume' | 'show-window' | 'hide-window' | 'settings' | 'quit' }

export type TrayItem =
  | { readonly kind: 'separator' }
  | { readonly kind: 'title'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: TrayAction }

export interface TrayView {
  readonly icon: TrayIcon
  readonly toolTip: string
  readonly items: readonly TrayItem[]
}

const MOST_RUNNING = 6
/** Menus that were rebuilt close under the hand on some desktops, so progress goes in steps. */
const PROGRESS_STEP = 5

const separator: TrayItem = { kind: 'separator' }
const title = (label: string): TrayItem => ({ kind: 'title', label })
const action = (label: string, act: TrayAction): TrayItem => ({
  kind: 'action',
  label,
  action: act,
})

/** What the tray shows: an icon that tells the state, the same in words, and a menu. */
export function trayView(
  state: DesktopState,
  text: DesktopText,
  isWindowVisible: boolean,
): TrayView {
  return {
    icon: trayIcon(state),
    toolTip: text.tray.name(statusWords(state, text)),
    items: joined([
      waitingItems(state, text),
      runningItems(state, text),
      recentItems(state, text),
      queueItems(state, text),
      appItems(text, isWindowVisible),
    ]),
  }
}

/** What asks for the person comes first, then what they should know, then what goes on. */
export function trayIcon(state: DesktopState): TrayIcon {
  if (state.waits.answers > 0) return 'attention'
  if (state.waits.failures > 0) return 'failed'
  return state.runningCount > 0 ? 'working' : 'idle'
}

/** "2 running, 1 needs you". */
export function statusWords(state: DesktopState, { tray }: DesktopText): string {
  if (!state.isConnected) return tray.connecting
  const { runningCount, waitingCount, waits, isPaused } = state
  const words = [
    ...(runningCount > 0 ? [tray.running(runningCount)] : []),
    ...(waitingCount > 0 ? [tray.waiting(waitingCount)] : []),
    ...(waits.answers > 0 ? [tray.needsYou(waits.answers)] : []),
    ...(waits.failures > 0 ? [tray.failed(waits.failures)] : []),
    ...(isPaused ? [tray.paused] : []),
  ]
  return words.length === 0 ? tray.idle : words.join(', ')
}

function waitingItems({ items, waits }: DesktopState, { tray }: DesktopText): readonly TrayItem[] {
  const actions = items.map((item) =>
    action(menuLabel(item.title), { do: 'show', place: item.place }),
  )
  const rest = waits.total - Math.min(MOST_WAITING, items.length)
  return [
    ...listed(tray.waitingTitle, actions.slice(0, MOST_WAITING), tray.more),
    ...(rest > 0 ? [action(tray.more(rest), { do: 'show', place: { kind: 'inbox' } })] : []),
  ]
}

function runningItems(state: DesktopState, { tray }: DesktopText): readonly TrayItem[] {
  const items = state.running
    .filter(({ isPart }) => !isPart)
    .map(({ id, description, progress }) => {
      const percent = `${PROGRESS_STEP * Math.floor(progress / PROGRESS_STEP)} %`
      return action(tray.progress(percent, menuLabel(description)), {
        do: 'show',
        place: { kind: 'task', taskId: id },
      })
    })
  return [
    ...listed(tray.runningTitle, items, tray.more, MOST_RUNNING),
    ...(state.waitingCount > 0 ? [title(tray.waiting(state.waitingCount))] : []),
  ]
}

function recentItems(state: DesktopState, { tray }: DesktopText): readonly TrayItem[] {
  const label = ({ state: end, description }: EndedTask) => {
    const task = menuLabel(description)
    if (end === 'completed') return tray.completed(task)
    return end === 'failed' ? tray.failedTask(task) : tray.cancelled(task)
  }
  const items = state.recent.map((task) =>
    action(label(task), { do: 'show', place: { kind: 'task', taskId: task.id } }),
  )
  return listed(tray.recentTitle, items, tray.more)
}

function queueItems(state: DesktopState, { tray }: DesktopText): readonly TrayItem[] {
  if (!state.isConnected) return []
  return [
    state.isPaused ? action(tray.resume, { do: 'resume' }) : action(tray.pause, { do: 'pause' }),
  ]
}

function appItems({ tray }: DesktopText, isWindowVisible: boolean): readonly TrayItem[] {
  return [
    isWindowVisible
      ? action(tray.hideWindow, { do: 'hide-window' })
      : action(tray.showWindow, { do: 'show-window' }),
    action(tray.settings, { do: 'settings' }),
    action(tray.quit, { do: 'quit' }),
  ]
}

/** Under a heading; what is more than `most` is counted. */
function listed(
  heading: string,
  items: readonly TrayItem[],
  more: (count: number) => string,
  most = items.length,
): readonly TrayItem[] {
  if (items.length === 0) return []
  const rest = items.length - most
  return [title(heading), ...items.slice(0, most), ...(rest > 0 ? [title(more(rest))] : [])]
}

function joined(groups: readonly (readonly TrayItem[])[]): readonly TrayItem[] {
  const filled = groups.filter((group) => group.length > 0)
  return filled.flatMap((group, index) => (index === 0 ? group : [separator, ...group]))
}
