import { describe, expect, it } from 'vitest'
import { type Command, type Condition, move, NEW, type Sleep } from './agent-state.js'

const sleep: Sleep = { untilMs: 100, events: ['x'], mailFrom: null }
const idle: Condition = { ...NEW, started: true }
const active: Condition = { ...idle, state: 'active' }
const paused: Condition = { ...idle, state: 'paused' }
const sleeping: Condition = { ...idle, state: 'sleeping', sleep }
const stopped: Condition = { ...NEW, state: 'stopped' }
const resume: Command = { kind: 'resume', nowMs: 50 }
const ends = (hasTask: boolean, nowMs = 50): Command => ({ kind: 'step_ends', hasTask, nowMs })

describe('a move', () => {
  it.each<[string, Condition, Command, Partial<Condition>, string | null]>([
    ['start of a new one', NEW, { kind: 'start' }, idle, 'agent.started'],
    ['start of a stopped one', stopped, { kind: 'start' }, idle, 'agent.started'],
    ['start of a started one', idle, { kind: 'start' }, idle, null],
    ['pause of an idle one', idle, { kind: 'pause' }, paused, 'agent.paused'],
    ['pause while it works', active, { kind: 'pause' }, { ...active, pausing: true }, null],
    ['pause of a sleeper', sleeping, { kind: 'pause' }, { state: 'paused', sleep }, 'agent.paused'],
    ['end of a step after that', { ...active, pausing: true }, ends(true), paused, 'agent.paused'],
    ['resume', paused, resume, idle, 'agent.resumed'],
    ['resume of a sleeper', { ...paused, sleep }, resume, sleeping, 'agent.resumed'],
    [
      'resume after the deadline',
      { ...paused, sleep },
      { kind: 'resume', nowMs: 100 },
      idle,
      'agent.resumed',
    ],
    ['resume before the pause took effect', { ...active, pausing: true }, resume, active, null],
    ['sleep', idle, { kind: 'sleep', sleep, hasTask: false }, sleeping, 'agent.state_changed'],
    [
      'sleep while it works',
      active,
      { kind: 'sleep', sleep, hasTask: true },
      { ...active, nextSleep: sleep },
      null,
    ],
    [
      'end of the task after that',
      { ...active, nextSleep: sleep },
      ends(false),
      sleeping,
      'agent.state_changed',
    ],
    [
      'the same after its deadline',
      { ...active, nextSleep: sleep },
      ends(false, 100),
      idle,
      'agent.state_changed',
    ],
    [
      'a wait within the task',
      { ...active, nextSleep: sleep },
      ends(true),
      { state: 'idle', nextSleep: sleep },
      'agent.state_changed',
    ],
    ['wake', sleeping, { kind: 'wake' }, idle, 'agent.state_changed'],
    ['wake before the sleep', { ...active, nextSleep: sleep }, { kind: 'wake' }, active, null],
    ['stop', { ...active, nextSleep: sleep }, { kind: 'stop' }, stopped, 'agent.stopped'],
    ['the end of a step after a stop', stopped, ends(true), stopped, null],
  ])('%s', (_what, from, command, to, event) => {
    const moved = move('a', from, command)
    expect(moved.next).toMatchObject(to)
    expect(moved.event).toBe(event)
  })

  it.each<[string, Condition, Command, string]>([
    ['pause of a paused one', paused, { kind: 'pause' }, 'agent a is paused: resume it'],
    ['pause of one not started', NEW, { kind: 'pause' }, 'agent a is not started: start it'],
    ['resume of an idle one', idle, resume, 'only a paused agent can be resumed'],
    ['wake of an idle one', idle, { kind: 'wake' }, 'only a sleeping agent can be woken'],
    ['sleep of a stopped one', stopped, { kind: 'sleep', sleep, hasTask: false }, 'start it first'],
    ['stop of a stopped one', stopped, { kind: 'stop' }, 'start it first'],
    ['start of a paused one', paused, { kind: 'start' }, 'resume it'],
    ['a step of a sleeper', sleeping, { kind: 'step_begins' }, 'takes no work'],
  ])('%s is refused', (_what, from, command, message) => {
    expect(() => move('a', from, command)).toThrow(
      expect.objectContaining({ code: 'invalid_state', message: expect.stringContaining(message) }),
    )
  })
})
