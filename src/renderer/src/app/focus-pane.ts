import { type Pane, setSidebarOpen, setTasksOpen, showArea, showPane } from '../stores/view.js'

/** Shows a pane where it is hidden, and puts the focus on what is used first in it. */
export function focusPane(pane: Pane): void {
  if (pane === 'conversations') setSidebarOpen(true)
  if (pane === 'tasks') setTasksOpen(true)
  showArea('chat')
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
