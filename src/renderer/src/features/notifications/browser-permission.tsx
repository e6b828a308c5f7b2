import { useState } from 'react'
import { useText } from '../../text/text.js'
import { Button } from '../../ui/button.js'
import { SettingRow } from '../settings/setting-row.js'
import { browserPermission } from './browser-notice.js'

/** Whether the browser may show notifications; it is asked only by this button. */
export function BrowserPermission() {
  const text = useText().notifications.browser
  const [permission, setPermission] = useState(browserPermission)
  if (window.smartAgents !== undefined) {
    return (
      <SettingRow item="browserNotifications" note={text.desktop}>
        {() => null}
      </SettingRow>
    )
  }
  const note = {
    ...{ granted: text.granted, denied: text.denied, absent: text.absent, default: null },
  }[permission]
  return (
    <SettingRow item="browserNotifications" note={note}>
      {(ids) =>
        permission === 'default' && (
          <Button
            {...ids}
            onClick={() => void window.Notification.requestPermission().then(setPermission)}
          >
            {text.ask}
          </Button>
        )
      }
    </SettingRow>
  )
}
