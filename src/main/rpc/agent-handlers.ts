import type { Core } from '../core/index.js'
import { numberIn } from './cursor.js'
import type { Part } from './handler.js'

const DEFAULT_PAGE = 100
const DEFAULT_LINES = 200

export function agentHandlers({ agents, agentLog, events }: Core): Part<'async'> {
  return {
    'async.createAgent': ({ autoStart, config, ...address }) =>
      agents.create(address, autoStart, config),
    'async.startAgent': (address) => agents.start(address),
    'async.stopAgent': (address) => agents.stop(address),
    'async.pauseAgent': (address) => agents.pause(address),
    'async.resumeAgent': (address) => agents.resume(address),
    'async.sleepAgent': ({ sessionId, agentId, ...wakes }) =>
      agents.sleep({ sessionId, agentId }, wakes),
    'async.wakeAgent': ({ reason, ...address }) => agents.wake(address, reason),
    'async.sendTask': ({ prompt, ...address }) => ({ taskId: agents.sendTask(address, prompt) }),
    'async.getAgentStates': ({ sessionId }) => ({
      agents: agents.states(sessionId),
      seq: events.lastSeq(),
    }),
    'async.broadcastEvent': ({ sessionId, event, data }) =>
      agents.broadcast(sessionId, event, data),
    'async.subscribeAgent': ({ events: names, ...address }) => ({
      agentId: address.agentId,
      subscriptions: agents.subscribe(address, names),
    }),
    'async.deleteAgent': (address) => {
      agents.delete(address)
      return { agentId: address.agentId }
    },
    'async.listSessions': () => ({ sessions: agents.sessions(), seq: events.lastSeq() }),
    'async.agentWork': ({ sessionId, agentId, limit = DEFAULT_PAGE, cursor }) => {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : numberIn(cursor)
      const { work, next } = agents.work({ sessionId, agentId }, { before, limit })
      return { work, nextCursor: next === null ? null : String(next) }
    },
    'async.agentLog': async ({ lines = DEFAULT_LINES, ...address }) => ({
      lines: await agentLog(address, lines),
    }),
  }
}

export function mailHandlers({ mail, events }: Core): Part<'mail'> {
  return {
    // It lies in the inbox when this answers; when it is taken up is told by `mail.updated`.
    'mail.send': (letter) => ({ mailId: mail.send(letter), delivered: true }),
    'mail.inbox': ({ sessionId, agentId, unreadOnly = false, limit = DEFAULT_PAGE, cursor }) => {
      const offset = cursor === undefined ? 0 : numberIn(cursor)
      const { mails, next } = mail.inbox({ sessionId, agentId, unreadOnly, offset, limit })
      return { mails, nextCursor: next === null ? null : String(next), seq: events.lastSeq() }
    },
    'mail.thread': ({ mailId }) => ({ mails: mail.thread(mailId), seq: events.lastSeq() }),
    'mail.threads': ({ sessionId, limit = DEFAULT_PAGE, cursor }) => {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : numberIn(cursor)
      const { threads, next } = mail.threads({ sessionId, before, limit })
      return { threads, nextCursor: next === null ? null : String(next), seq: events.lastSeq() }
    },
    'mail.reply': ({ mailId, body, priority }) => ({
      mailId: mail.reply(mailId, body, priority),
      delivered: true,
    }),
    'mail.ack': ({ mailId }) => ({ mailId, state: mail.ack(mailId) }),
  }
}
