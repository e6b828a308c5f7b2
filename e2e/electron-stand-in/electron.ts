/**
 * What `import … from 'electron'` gives the built main bundle when it is loaded with `register.mjs`:
 * enough of Electron to run this app, its windows being pages of a Chromium. Each part is typed
 * against Electron's own declarations.
 */
import type { Frame, Request, Route } from '@playwright/test'
import { app } from './app.js'
import { StandInWindow } from './browser-window.js'
import { obeyTest, tellTest } from './control.js'
import { StandInMenu, StandInMenuItem } from './menu.js'
import { StandInNotification } from './notification.js'
import { isKeptAwake, powerMonitor, powerSaveBlocker } from './power.js'
import { protocol, routeRequests } from './protocol.js'
import { dialog, nativeTheme, safeStorage, screen, session, shell } from './system.js'
import { nativeImage, StandInTray } from './tray.js'
import { ipcMain, StandInWebContents } from './web-contents.js'

export {
  app,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  StandInMenu as Menu,
  StandInMenuItem as MenuItem,
  StandInNotification as Notification,
  StandInTray as Tray,
  StandInWebContents as webContents,
  StandInWindow as BrowserWindow,
  safeStorage,
  screen,
  session,
  shell,
}

/** Decides over the navigations of windows; a page without a window is one that a page opened, and loads nothing. */
function mayNavigate(route: Route): boolean {
  const request = route.request()
  const frame = frameOf(request)
  const windows = StandInWebContents.all()
  const owner = windows.find((one) => frame !== null && one.owns(frame.page()))
  return owner !== undefined && frame !== null && owner.mayNavigate(request, frame)
}

/** A page that has not been announced yet has no frame to ask for. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame()
  } catch {
    return null
  }
}

obeyTest({
  app,
  dialog,
  ipcMain,
  nativeTheme,
  powerMonitor,
  safeStorage,
  screen,
  session,
  shell,
  standIn: { trays: StandInTray.all, notifications: StandInNotification.all, isKeptAwake },
  Menu: StandInMenu,
  BrowserWindow: StandInWindow,
})

// Electron becomes ready after the main script has run.
setImmediate(() => {
  app
    .start(async ({ context, endpoint }) => {
      await routeRequests(context, mayNavigate)
      tellTest({ kind: 'ready', endpoint })
    })
    .catch((error: unknown) => {
      process.stderr.write(`the stand-in did not start: ${String(error)}\n`)
      app.exit(1)
    })
})
