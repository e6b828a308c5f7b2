import { useEffect, useEffectEvent, useState } from 'react'
import { isFree } from '../../app/commands/keys-of-others.js'
import { strokeOf } from '../../app/keys.js'

export interface Recorder {
  readonly isOn: boolean
  start(): void
  stop(): void
}

/**
 * Hears the next stroke before anybody else does. Esc ends it with nothing, Backspace with no keys at all, and Tab goes on to
 * where it leads, so that nobody is caught.
 */
export function useRecorder(onStroke: (stroke: string | null) => void): Recorder {
  const [isOn, setOn] = useState(false)
  const hear = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Tab') {
      setOn(false)
      return
    }
    event.preventDefault()
    // Also before the dialog, which would close at Esc.
    event.stopImmediatePropagation()
    const stroke = strokeOf(event)
    if (stroke === 'Escape') setOn(false)
    else if (stroke === 'Backspace' || stroke === 'Delete') {
      setOn(false)
      onStroke(null)
    } else if (stroke !== null && isFree(stroke)) {
      setOn(false)
      onStroke(stroke)
    }
  })
  useEffect(() => {
    if (!isOn) return
    const listener = (event: KeyboardEvent) => hear(event)
    window.addEventListener('keydown', listener, { capture: true })
    return () => window.removeEventListener('keydown', listener, { capture: true })
  }, [isOn])
  return { isOn, start: () => setOn(true), stop: () => setOn(false) }
}
