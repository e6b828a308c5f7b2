import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { Toaster } from 'sonner'
import { FirstRun } from '../features/first-run/first-run.js'
import { StatusBar } from '../features/status/status-bar.js'
import { useConnection } from '../stores/connection.js'
import { useSettings } from '../stores/settings.js'
import { useView } from '../stores/view.js'
import { ErrorBoundary } from '../ui/error-boundary.js'
import { TooltipProvider } from '../ui/tooltip.js'
import { Announcer } from './announcer.js'
import { NarrowPanes } from './narrow-panes.js'
import { NoConnection } from './no-connection.js'
import { Panes } from './panes.js'
import { focusPane, useShortcuts } from './shortcuts.js'

const SettingsDialog = lazy(async () => ({
  default: (await import('../features/settings/settings-dialog.js')).SettingsDialog,
}))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../features/help/shortcuts-dialog.js')).ShortcutsDialog,
}))
const WorkflowDialog = lazy(async () => ({
  default: (await import('../features/workflows/workflow-dialog.js')).WorkflowDialog,
}))

export function App() {
  const settings = useSettings((state) => state.settings)
  const theme = useView((view) => view.theme)
  const refused = useConnection((state) => state.phase.name === 'refused')
  useShortcuts()
  useReadySignal()
  const firstRun = settings !== null && !settings.firstRunDone
  return (
    <TooltipProvider delayDuration={500}>
      <div className="flex h-full flex-col">
        {settings === null && <NoConnection />}
        {firstRun && <FirstRun settings={settings} />}
        {settings !== null && !firstRun && (refused ? <NoConnection /> : <Workbench />)}
        <ErrorBoundary name="The status bar">
          <StatusBar />
        </ErrorBoundary>
      </div>
      <Dialogs />
      <Announcer />
      <Toaster theme={theme} position="bottom-right" offset={40} closeButton toastOptions={TOAST} />
    </TooltipProvider>
  )
}

const TOAST = {
  className: 'bg-raised! text-text! border-border! text-sm! font-sans! shadow-popover!',
  descriptionClassName: 'text-muted!',
}

const WIDE = '(min-width: 56rem)'

function Workbench() {
  const wide = useSyncExternalStore(
    (changed) => {
      const query = matchMedia(WIDE)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(WIDE).matches,
  )
  return (
    <>
      <button
        type="button"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:border focus:bg-raised focus:px-3 focus:py-1.5"
        onClick={() => focusPane('chat')}
      >
        Skip to the message field
      </button>
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">Smart Agents</h1>
        {wide ? <Panes /> : <NarrowPanes />}
      </main>
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
