import { useEffect, useRef } from 'react'
import { Toaster } from 'sonner'
import type { ViewState } from '../../stores/view.js'
import { useText } from '../../text/text.js'
import { TOASTER } from './show-notifications.js'

interface NotificationToasterProps {
  readonly theme: ViewState['theme']
  readonly options: Parameters<typeof Toaster>[0]['toastOptions']
}

/** Where notifications come up. What they say is spoken by the announcer of the app, so they are no live region. */
export function NotificationToaster({ theme, options }: NotificationToasterProps) {
  const text = useText().notifications
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector('section')?.setAttribute('aria-live', 'off')
  }, [])
  return (
    <div ref={box}>
      <Toaster
        id={TOASTER}
        theme={theme}
        position="top-right"
        offset={16}
        closeButton
        visibleToasts={4}
        hotkey={['altKey', 'KeyN']}
        containerAriaLabel={text.title}
        {...(options && { toastOptions: options })}
      />
    </div>
  )
}
