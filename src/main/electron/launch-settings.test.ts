import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type LaunchFacts, launchSettings } from './launch-settings.js'

const facts: LaunchFacts = {
  args: [],
  env: {},
  platform: 'linux',
  homeDirectory: '/home/ada',
  cwd: '/home/ada/project',
  isPackaged: false,
}

describe('the settings of a launch', () => {
  it('are where the user keeps data, and where the app was started', () => {
    expect(launchSettings(facts)).toEqual({
      dataDirectory: '/home/ada/.local/share/smart-agents',
      workspace: '/home/ada/project',
      isHidden: false,
      sameData: [],
    })
  })

  it('come from the environment, and first of all from the command line', () => {
    const env = { SMART_AGENTS_HOME: '/data' }
    expect(launchSettings({ ...facts, env }).dataDirectory).toBe(path.resolve('/data'))
    const args = ['--data-dir', 'here', '--workspace=../other']
    expect(launchSettings({ ...facts, env, args })).toMatchObject({
      dataDirectory: '/home/ada/project/here',
      workspace: '/home/ada/other',
    })
  })

  it('say how another start finds the same data, whatever the environment will be', () => {
    const env = { SMART_AGENTS_HOME: '/data' }
    expect(launchSettings({ ...facts, env }).sameData).toEqual([
      '--data-dir',
      path.resolve('/data'),
    ])
    const args = ['--data-dir', '/home/ada/.local/share/smart-agents']
    expect(launchSettings({ ...facts, args }).sameData).toEqual([])
  })

  it('take a start at login for one without a window, and a link for no setting', () => {
    expect(launchSettings({ ...facts, args: ['--hidden'] }).isHidden).toBe(true)
    const args = ['--', 'smart-agents://task/task_1', '--hidden']
    expect(launchSettings({ ...facts, args }).isHidden).toBe(false)
  })

  it('leave alone what is meant for Chromium', () => {
    const args = ['--no-sandbox', '--force-device-scale-factor=2', '--workspace', '/w', '.']
    expect(launchSettings({ ...facts, args }).workspace).toBe('/w')
  })

  it('begin at home when an icon started the app', () => {
    expect(launchSettings({ ...facts, isPackaged: true, cwd: '/' }).workspace).toBe('/home/ada')
  })
})
