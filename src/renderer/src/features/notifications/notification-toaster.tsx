import { useEffect, useRef } from 'react'
import { Toaster } from 'sonner'
import { useIsWide } from '../../app/is-wide.js'
import { useView, type ViewState } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { putAway, TOASTER } from './show-notifications.js'

/** Pixels: what stands at the top of a pane, and in a narrow window above it, is not covered. */
const BELOW_HEADER = 52
const BELOW_TABS = 92
const ACTION = 'bg-accent! text-on-accent! focus-visible:outline-offset-1!'
const CANCEL = 'bg-raised! text-text! border! border-border!'

interface NotificationToasterProps {
  readonly theme: ViewState['theme']
  readonly options: Parameters<typeof Toaster>[0]['toastOptions']
}

/** Where notifications come up. What they say is spoken by the announcer of the app, so they are no live region. */
export function NotificationToaster({ theme, options }: NotificationToasterProps) {
  const text = useText().notifications
  const wide = useIsWide()
  const isListOpen = useView((view) => view.notificationsOpen)
  useEffect(() => {
    if (isListOpen) putAway()
  }, [isListOpen])
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector('section')?.setAttribute('aria-live', 'off')
  }, [])
  return (
    <div ref={box}>
      <Toaster
        id={TOASTER}
        theme={theme}
        position="top-center"
        offset={{ top: wide ? BELOW_HEADER : BELOW_TABS }}
        mobileOffset={{ top: BELOW_TABS }}
        closeButton
        visibleToasts={4}
        hotkey={['altKey', 'shiftKey', 'KeyN']}
        containerAriaLabel={text.title}
        toastOptions={{ ...options, classNames: { actionButton: ACTION, cancelButton: CANCEL } }}
      />
    </div>
  )
}
