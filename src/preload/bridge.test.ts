import { EventEmitter } from 'node:events'
import type { IpcRenderer } from 'electron'
import { expect, it } from 'vitest'
import type { WindowRequest } from '../shared/rpc/bridge.js'
import { createBridge } from './bridge.js'

function page() {
  const heard = new EventEmitter()
  const ipc: Pick<IpcRenderer, 'send' | 'on'> = {
    send: () => undefined,
    on: (channel, listener) => {
      heard.on(channel, listener)
      return ipc as IpcRenderer
    },
  }
  const ask = (request: WindowRequest) => heard.emit('window:request', {}, request)
  return { bridge: createBridge(ipc, 'test'), ask }
}

const newChat: WindowRequest = { kind: 'command', command: 'chat.new' }
const nowhere: WindowRequest = { kind: 'place', place: null }

it('keeps what is asked for until the page listens, and only until then', () => {
  const { bridge, ask } = page()
  ask(newChat)
  ask(nowhere)
  const first: WindowRequest[] = []
  const stop = bridge.onRequest((request) => first.push(request))
  expect(first).toEqual([newChat, nowhere])
  const second: WindowRequest[] = []
  bridge.onRequest((request) => second.push(request))
  expect(second).toEqual([])
  stop()
  ask(newChat)
  expect([first.length, second]).toEqual([2, [newChat]])
})

it('does not fill up while nobody listens', () => {
  const { bridge, ask } = page()
  for (let count = 0; count < 100; count += 1) ask(newChat)
  ask(nowhere)
  const heard: WindowRequest[] = []
  bridge.onRequest((request) => heard.push(request))
  expect(heard).toHaveLength(20)
  expect(heard.at(-1)).toEqual(nowhere)
})
