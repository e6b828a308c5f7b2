import { filterHistory, useHistory } from '../stores/history.js'
import { useView } from '../stores/view.js'

/** Puts the focus on the search field of the history; until that is there, what is typed is kept for it. */
export function focusHistorySearch(): void {
  const field = document.querySelector<HTMLInputElement>('#history-search')
  if (field !== null) {
    field.focus()
    field.select()
  } else if (!useHistory.getState().fieldAwaited) {
    useHistory.setState({ fieldAwaited: true })
    keepTyped()
  }
}

/** The view is read when it is first looked at, which takes longer than pressing a key. */
function keepTyped(): void {
  let typed = ''
  const listener = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    // A dialog that was opened meanwhile has fields of its own.
    if (event.target instanceof Element && event.target.closest('input, textarea, select')) return
    if (event.key === 'Backspace') typed = [...typed].slice(0, -1).join('')
    else if ([...event.key].length === 1) typed += event.key
    else return
    event.preventDefault()
    // None of them is a shortcut now.
    event.stopImmediatePropagation()
    filterHistory({ query: typed || undefined })
  }
  window.addEventListener('keydown', listener, { capture: true })
  const stop = () => {
    window.removeEventListener('keydown', listener, { capture: true })
    stopHistory()
    stopView()
  }
  const stopHistory = useHistory.subscribe(({ fieldAwaited }) => {
    if (!fieldAwaited) stop()
  })
  const stopView = useView.subscribe(({ area }) => {
    if (area !== 'history') useHistory.setState({ fieldAwaited: false })
  })
}
