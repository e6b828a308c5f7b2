import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { LLMock } from '@copilotkit/aimock'
import {
  chooseInMenu,
  chooseInTray,
  clickNotification,
  look,
  lookAway,
  pressInNotification,
} from '../driver/desktop-sight.js'
import type { ElectronApp } from '../driver/electron-app.js'
import { expect, test } from '../fixtures.js'

const sight = (app: ElectronApp) => expect.poll(() => look(app))

function command(line: string) {
  return { description: line, type: 'command', command: line } as const
}

test('the tray, the taskbar and the machine follow the work', async ({ app, hosts }) => {
  await app.open()
  const rpc = await hosts.connect(app)
  await rpc.call('settings.set', { preferences: { keepAwake: true } })
  await sight(app).toMatchObject({
    icon: expect.stringMatching(/^idle-(light|dark)\.png$/),
    toolTip: 'Smart Agents: nothing is running',
    isKeptAwake: false,
    taskbar: { progress: -1 },
  })

  const { taskId } = await rpc.call('task.submit', command('sleep 300'))
  await sight(app).toMatchObject({
    icon: expect.stringMatching(/^working-/),
    toolTip: 'Smart Agents: 1 running',
    menu: expect.arrayContaining(['Running', '0 %  sleep 300', 'Pause new starts']),
    isKeptAwake: true,
    taskbar: { mode: 'indeterminate' },
  })
  await chooseInTray(app, 'Pause')
  await sight(app).toMatchObject({
    toolTip: 'Smart Agents: 1 running, paused',
    menu: expect.arrayContaining(['Resume starts']),
    taskbar: { mode: 'paused' },
  })
  expect(await rpc.call('queue.state', {})).toMatchObject({ paused: true })
  await chooseInTray(app, 'Resume')
  await rpc.call('task.cancel', { taskId })
  await sight(app).toMatchObject({
    toolTip: 'Smart Agents: nothing is running',
    menu: expect.arrayContaining(['Recent results', '– sleep 300']),
    isKeptAwake: false,
    taskbar: { progress: -1 },
  })

  await lookAway(app)
  const failing = await rpc.call('task.submit', command('exit 3'))
  await sight(app).toMatchObject({
    icon: expect.stringMatching(/^failed-/),
    toolTip: 'Smart Agents: 1 failed',
    badge: 1,
  })
  const { menusBuilt } = await look(app)
  expect(menusBuilt).toBeLessThan(20)

  const page = await app.window()
  await chooseInTray(app, '✕ exit 3')
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('exit 3')
  await rpc.call('inbox.dismiss', { itemIds: [`failure:${failing.taskId}`] })
  await sight(app).toMatchObject({ icon: expect.stringMatching(/^idle-/), badge: 0 })
})

test('the system tells a person who looks elsewhere, and a click leads to the place', async ({
  app,
  hosts,
}) => {
  const page = await app.open()
  const rpc = await hosts.connect(app)
  const run = async (line: string) => {
    const { taskId } = await rpc.call('task.submit', command(line))
    await rpc.call('task.result', { taskId, waitMs: 30_000 })
  }
  await lookAway(app)
  await run('echo told by the system; exit 4')
  const failed = expect.stringContaining('told by the system')
  await sight(app).toMatchObject({ notices: [failed] })
  await clickNotification(app)
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText('exit 4')
  await sight(app).toMatchObject({ notices: [] })

  // Whoever has the window before them is told there.
  const { notifications } = await look(app)
  await run('echo told by the window; exit 5')
  const told = async () => (await rpc.call('notification.list', {})).notifications.length
  await expect.poll(told).toBe(2)
  const toasts = page.getByRole('region', { name: /^Notifications alt/i })
  await expect(toasts.getByText('Failed: echo told by the window')).toBeVisible()
  expect((await look(app)).notifications).toEqual(notifications)
})

test('speaks the language of the person in tray and menu, and has their colours', async ({
  app,
  hosts,
}) => {
  await app.open()
  const rpc = await hosts.connect(app)
  await rpc.call('settings.set', { preferences: { language: 'de', theme: 'dark' } })
  await sight(app).toMatchObject({ toolTip: 'Smart Agents: nichts läuft' })
  const colours = () =>
    app.evaluate(({ BrowserWindow, nativeTheme }) => {
      const [window] = BrowserWindow.getAllWindows()
      return [nativeTheme.themeSource, window?.getBackgroundColor()]
    }, undefined)
  await expect.poll(colours).toEqual(['dark', '#121316'])
  await chooseInMenu(app, 'Verlauf')
  const page = await app.window()
  await expect(page.getByRole('button', { name: 'Verlauf' })).toHaveAttribute(
    'aria-current',
    'page',
  )
  const search = page.getByRole('searchbox')
  await expect(search).toBeVisible()
  await chooseInMenu(app, 'Suchen')
  await expect(search).toBeFocused()
})

test('a closed window ends nothing, which is said once; the tray and a second start bring it back', async ({
  app,
  hosts,
}) => {
  await app.open()
  const rpc = await hosts.connect(app)
  const { taskId } = await rpc.call('task.submit', command('sleep 300'))
  await close(app)
  await sight(app).toMatchObject({
    isVisible: false,
    notifications: ['Smart Agents keeps working'],
    menu: expect.arrayContaining(['Show window']),
  })
  await chooseInTray(app, 'Show window')
  await sight(app).toMatchObject({ isVisible: true, menu: expect.arrayContaining(['Hide window']) })
  await close(app)
  await sight(app).toMatchObject({ isVisible: false, notifications: [expect.any(String)] })
  expect((await hosts.runAppToItsEnd()).exitCode).toBe(0)
  await sight(app).toMatchObject({ isVisible: true })
  expect(await rpc.call('task.status', { taskId })).toMatchObject({ state: 'running' })

  await app.evaluate(({ dialog }) => {
    Object.assign(dialog, {
      asked: [] as string[],
      showMessageBox: async (options: { detail: string }) => {
        Reflect.get(dialog, 'asked').push(options.detail)
        return { response: Reflect.get(dialog, 'asked').length === 1 ? 1 : 0 }
      },
    })
  }, undefined)
  await chooseInTray(app, 'Quit')
  const asked = () => app.evaluate(({ dialog }) => Reflect.get(dialog, 'asked'), undefined)
  await expect.poll(asked).toEqual([expect.stringContaining('1 task is running')])
  expect(await rpc.call('task.status', { taskId })).toMatchObject({ state: 'running' })
  await quitByMenu(app)
  expect(await app.ended()).toBe(0)
})

test('a desktop without a tray does without it', async ({ hosts, place }) => {
  const env = { ...place.env, STAND_IN_WITHOUT_TRAY: '1' }
  const app = await hosts.startApp({ ...place, env })
  await app.open()
  await close(app)
  await sight(app).toMatchObject({ isVisible: false, notifications: [expect.any(String)] })
  expect((await hosts.runAppToItsEnd()).exitCode).toBe(0)
  await sight(app).toMatchObject({ isVisible: true, icon: '' })
  await quitByMenu(app)
  expect(await app.ended()).toBe(0)
})

test('a link leads to its place, from a second start as from the first, and one to nothing says so', async ({
  app,
  hosts,
  place,
}) => {
  const page = await app.open()
  const rpc = await hosts.connect(app)
  const { taskId } = await rpc.call('task.submit', command('echo found by a link'))
  const follow = (link: string) => hosts.runAppToItsEnd({ ...place, args: [link] })
  await follow(`smart-agents://task/${taskId}`)
  await expect(page.getByRole('region', { name: 'Task', exact: true })).toContainText(
    'found by a link',
  )
  await follow('smart-agents://task/task_nowhere')
  await expect(page.getByText('There is no task task_nowhere.')).toBeVisible()
  await follow('smart-agents://task/task_1/cancel')
  await expect(page.getByText('This link leads nowhere.')).toBeVisible()
  await follow('smart-agents://settings')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()

  await app.stop()
  const again = await hosts.startApp({ ...place, args: [`smart-agents://task/${taskId}`] })
  const fresh = await again.open()
  await expect(fresh.getByRole('region', { name: 'Task', exact: true })).toContainText(
    'found by a link',
  )
})

test('starts at login, without a window, once the person wants it', async ({ hosts, place }) => {
  const config = path.join(place.dataDirectory, '../config')
  const own = { ...place, env: { ...place.env, XDG_CONFIG_HOME: config } }
  const entry = path.join(config, 'autostart/smart-agents.desktop')
  const app = await hosts.startApp({ ...own, args: ['--hidden'] })
  const rpc = await hosts.connect(app)
  await sight(app).toMatchObject({ toolTip: 'Smart Agents: nothing is running', isVisible: false })
  const startsAtLogin = () =>
    process.platform === 'linux'
      ? existsSync(entry)
      : app.evaluate((electron) => electron.app.getLoginItemSettings().openAtLogin, undefined)
  expect(await startsAtLogin()).toBe(false)
  await rpc.call('settings.set', { preferences: { startAtLogin: true } })
  await expect.poll(startsAtLogin).toBe(true)
  if (process.platform === 'linux') {
    const text = readFileSync(entry, 'utf8')
    expect(text).toContain(`"--data-dir" "${place.dataDirectory}" "--hidden"`)
  }
  await rpc.call('settings.set', { preferences: { startAtLogin: false } })
  await expect.poll(startsAtLogin).toBe(false)
  expect((await hosts.runAppToItsEnd()).exitCode).toBe(0)
  await sight(app).toMatchObject({ isVisible: true })
})

test('is a tray for the host of another program as well', async ({ hosts }) => {
  const server = await hosts.startServer()
  const rpc = await hosts.connect(server)
  const app = await hosts.startApp()
  await rpc.call('task.submit', command('sleep 300'))
  await sight(app).toMatchObject({ toolTip: 'Smart Agents: 1 running' })
  await chooseInTray(app, 'Pause')
  await expect.poll(async () => (await rpc.call('queue.state', {})).paused).toBe(true)
})

test.describe('a question', () => {
  test.use({ provider: 'scripted' })

  /** An agent that asks, and ends once it has the answer. */
  function asksFirst(model: LLMock): void {
    const question = { question: 'Which colour?', kind: 'sync', options: ['Blue', 'Red'] }
    const ask = { name: 'ask_person', arguments: JSON.stringify(question) }
    const report = { success: true, report: 'It is painted.' }
    const finish = { name: 'finish', arguments: JSON.stringify(report) }
    model.on({ userMessage: 'paint', hasToolResult: true }, { toolCalls: [finish] })
    model.on({ userMessage: 'paint', hasToolResult: false }, { toolCalls: [ask] })
  }
  const work = { type: 'agent_execution', description: 'paint the fence' } as const
  const told = expect.stringContaining('A question about')

  test('calls a person who looks elsewhere, and leads to where it is answered', async ({
    app,
    hosts,
    model,
  }) => {
    asksFirst(model)
    const page = await app.open()
    const rpc = await hosts.connect(app)
    await lookAway(app)
    const { taskId } = await rpc.call('task.submit', work)
    await sight(app).toMatchObject({
      icon: expect.stringMatching(/^attention-/),
      toolTip: expect.stringContaining('1 needs you'),
      badge: 1,
      taskbar: { isFlashing: true },
      menu: expect.arrayContaining(['Needs you', 'Which colour?']),
      notices: [told],
    })
    await chooseInTray(app, 'Which colour?')
    await sight(app).toMatchObject({ taskbar: { isFlashing: false } })
    const task = page.getByRole('region', { name: 'Task', exact: true })
    await task.getByRole('button', { name: 'Blue' }).click()
    await rpc.call('task.result', { taskId, waitMs: 30_000 })
    await sight(app).toMatchObject({ icon: expect.stringMatching(/^idle-/), badge: 0, notices: [] })
  })

  test('is answered from the notification, and goes away with it', async ({
    app,
    hosts,
    model,
  }) => {
    asksFirst(model)
    await app.open()
    const rpc = await hosts.connect(app)
    await lookAway(app)
    const { taskId } = await rpc.call('task.submit', work)
    await sight(app).toMatchObject({ notices: [told] })
    await pressInNotification(app, 0)
    expect(await rpc.call('task.result', { taskId, waitMs: 30_000 })).toMatchObject({
      success: true,
    })
    const { blockers } = await rpc.call('blocker.list', { taskId })
    expect(blockers).toMatchObject([{ state: 'resolved', answer: 'Blue' }])
    await sight(app).toMatchObject({
      icon: expect.stringMatching(/^idle-/),
      notices: [expect.stringContaining('Done')],
    })
  })
})

/** Later, so that the answer to the call still finds its way. */
function close(app: ElectronApp): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.close())
  }, undefined)
}

function quitByMenu(app: ElectronApp): Promise<unknown> {
  return app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? [])
    setTimeout(() => items?.find(({ label }) => label.startsWith('Quit'))?.click())
  }, undefined)
}
