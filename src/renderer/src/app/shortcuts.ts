import { useEffect } from 'react'
import { useConversations } from '../stores/conversations.js'
import {
  openDialog,
  type Pane,
  setSidebarOpen,
  setTasksOpen,
  showConversation,
  showPane,
  useView,
} from '../stores/view.js'
import { failed } from '../ui/failure.js'
import { type Host, useHost } from './host.js'
import { shortcutOf } from './keys.js'

const PANES: Readonly<Record<string, Pane>> = { '1': 'conversations', '2': 'chat', '3': 'tasks' }

/** Listens for the app's shortcuts; a dialog or a menu that is open keeps its own keys. */
export function useShortcuts(): void {
  const host = useHost()
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"],[role="menu"]')) return
      if (onCommand(shortcutOf(event)) || onPlainKey(event, host)) event.preventDefault()
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [host])
}

function onCommand(letter: string | null): boolean {
  const view = useView.getState()
  switch (letter) {
    case 'N':
      showConversation(null)
      return true
    case '1':
    case '2':
    case '3':
      focusPane(PANES[letter] ?? 'chat')
      return true
    case 'B':
      setSidebarOpen(!view.sidebarOpen)
      return true
    case 'J':
      setTasksOpen(!view.tasksOpen)
      return true
    case ',':
      openDialog('settings')
      return true
    default:
      return false
  }
}

function onPlainKey(event: KeyboardEvent, host: Host): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key === 'Escape') return stopReply(host)
  if (isWriting(event.target)) return false
  if (event.key === '?') {
    openDialog('shortcuts')
    return true
  }
  if (event.key === '/') {
    focusPane('chat')
    return true
  }
  return false
}

function stopReply(host: Host): boolean {
  const { conversationId } = useView.getState()
  if (conversationId === null) return false
  if (!useConversations.getState().byId[conversationId]?.busy) return false
  host.call('chat.stop', { conversationId }).catch(failed('Not stopped'))
  return true
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

/** Shows a pane where it is hidden, and puts the focus on what is used first in it. */
export function focusPane(pane: Pane): void {
  if (pane === 'conversations') setSidebarOpen(true)
  if (pane === 'tasks') setTasksOpen(true)
  showPane(pane)
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`)
    const wanted = pane === 'chat' ? ['#composer'] : ['[data-row][tabindex="0"]', 'button', 'input']
    for (const selector of wanted) {
      const first = element?.querySelector<HTMLElement>(selector)
      if (!first) continue
      first.focus()
      return
    }
  })
}
