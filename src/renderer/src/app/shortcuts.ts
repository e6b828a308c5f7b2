import { useEffect } from 'react'
import { commandFor, currentShortcuts } from './commands/bindings.js'
import { useHost } from './host.js'
import { strokeOf } from './keys.js'

/** Listens for the app's shortcuts; a dialog or a menu that is open keeps its own keys. */
export function useShortcuts(): void {
  const host = useHost()
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"],[role="menu"]')) return
      const stroke = strokeOf(event)
      if (stroke === null || (isPlain(stroke) && isWriting(event.target))) return
      const command = commandFor(stroke, currentShortcuts())
      if (command === undefined) return
      event.preventDefault()
      command.run(host)
    }
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [host])
}

/** A key that writes something, or moves, where somebody is writing. */
function isPlain(stroke: string): boolean {
  return stroke !== 'Escape' && !/^(?:Mod|Alt)\+/.test(stroke)
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
