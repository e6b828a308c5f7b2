import { Suspense, useEffect } from 'react'
import { Toaster } from 'sonner'
import { FirstRun } from '../features/first-run/first-run.js'
import { useSeenFailures } from '../features/inbox/use-seen-failures.js'
import { NotificationToaster } from '../features/notifications/notification-toaster.js'
import { StatusBar } from '../features/status/status-bar.js'
import { useConnection } from '../stores/connection.js'
import { useSettings } from '../stores/settings.js'
import { useView } from '../stores/view.js'
import { useText } from '../text/text.js'
import { cx } from '../ui/class-names.js'
import { ErrorBoundary } from '../ui/error-boundary.js'
import { SkeletonRows } from '../ui/pane.js'
import { TooltipProvider } from '../ui/tooltip.js'
import { Announcer } from './announcer.js'
import { AREA_VIEWS } from './areas.js'
import { focusPane } from './focus-pane.js'
import { useIsWide } from './is-wide.js'
import { lazyView } from './lazy-view.js'
import { NoConnection } from './no-connection.js'
import { Rail } from './rail.js'
import { useShortcuts } from './shortcuts.js'

const SettingsDialog = lazyView(
  async () => (await import('../features/settings/settings-dialog.js')).SettingsDialog,
)
const ShortcutsDialog = lazyView(
  async () => (await import('../features/help/shortcuts-dialog.js')).ShortcutsDialog,
)
const CommandPalette = lazyView(
  async () => (await import('../features/palette/command-palette.js')).CommandPalette,
)
const WorkflowDialog = lazyView(
  async () => (await import('../features/workflows/workflow-dialog.js')).WorkflowDialog,
)

export function App() {
  const settings = useSettings((state) => state.settings)
  const theme = useView((view) => view.theme)
  const refused = useConnection((state) => state.phase.name === 'refused')
  const text = useText()
  useShortcuts()
  useReadySignal()
  useSeenFailures()
  const firstRun = settings !== null && !settings.firstRunDone
  return (
    <TooltipProvider delayDuration={500}>
      <div className="flex h-full flex-col">
        {settings === null && <NoConnection />}
        {firstRun && <FirstRun settings={settings} />}
        {settings !== null && !firstRun && (refused ? <NoConnection /> : <Areas />)}
        <ErrorBoundary name={text.status.bar}>
          <StatusBar />
        </ErrorBoundary>
      </div>
      <Dialogs />
      <Announcer />
      <Toaster theme={theme} position="bottom-right" offset={40} closeButton toastOptions={TOAST} />
      <NotificationToaster theme={theme} options={TOAST} />
    </TooltipProvider>
  )
}

const TOAST = {
  className: 'bg-raised! text-text! border-border! text-sm! font-sans! shadow-popover!',
  descriptionClassName: 'text-muted!',
}

function Areas() {
  const text = useText().app
  const area = useView((view) => view.area)
  const wide = useIsWide()
  const { component: View } = AREA_VIEWS[area]
  return (
    <>
      <button
        type="button"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:border focus:bg-raised focus:px-3 focus:py-1.5"
        onClick={() => focusPane('chat')}
      >
        {text.skip}
      </button>
      <div className={cx('flex min-h-0 flex-1', !wide && 'flex-col')}>
        <Rail wide={wide} />
        <main className="flex min-h-0 min-w-0 flex-1 flex-col">
          <h1 className="sr-only">Smart Agents</h1>
          <ErrorBoundary key={area} name={text.thisArea}>
            <Suspense fallback={<SkeletonRows rows={6} />}>
              <View />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
    </>
  )
}

function Dialogs() {
  const dialog = useView((view) => view.dialog)
  return (
    <Suspense>
      {dialog === 'settings' && <SettingsDialog />}
      {dialog === 'shortcuts' && <ShortcutsDialog />}
      {dialog === 'workflow' && <WorkflowDialog />}
      {dialog === 'palette' && <CommandPalette />}
    </Suspense>
  )
}

/** Tells tests and measurements when the first state of the host is on screen. */
function useReadySignal(): void {
  const ready = useConnection((state) => state.phase.name === 'ready')
  useEffect(() => {
    const root = document.documentElement
    if (!ready || root.dataset['ready'] === 'true') return
    requestAnimationFrame(() => {
      root.dataset['ready'] = 'true'
      performance.mark('first-usable-paint')
    })
  }, [ready])
}
