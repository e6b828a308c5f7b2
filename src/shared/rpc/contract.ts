import type { z } from 'zod'
import { agentDefinitionMethods } from './agent-definitions.js'
import { agentEvents, asyncMethods } from './async.js'
import { blockerEvents, blockerMethods } from './blocker.js'
import { changeEvents, changeMethods } from './change.js'
import { chatEvents, chatMethods } from './chat.js'
import { checkpointEvents, checkpointMethods } from './checkpoint.js'
import { costMethods } from './cost.js'
import { historyEvents, historyMethods } from './history.js'
import { inboxEvents, inboxMethods } from './inbox.js'
import { mailEvents, mailMethods } from './mail.js'
import { notificationEvents, notificationMethods } from './notification.js'
import { planEvents, planMethods } from './plan.js'
import { queueEvents, queueMethods } from './queue.js'
import { scheduleEvents, scheduleMethods } from './schedule.js'
import { settingsEvents, settingsMethods } from './settings.js'
import { statsMethods } from './stats.js'
import { systemEvents, systemMethods } from './system.js'
import { taskEvents, taskMethods } from './task.js'
import { workflowMethods } from './workflow.js'
import { workspaceMethods } from './workspace.js'

/** Every request that a host answers, by name. */
export const methods = {
  ...agentDefinitionMethods,
  ...chatMethods,
  ...taskMethods,
  ...scheduleMethods,
  ...queueMethods,
  ...asyncMethods,
  ...mailMethods,
  ...blockerMethods,
  ...changeMethods,
  ...planMethods,
  ...workflowMethods,
  ...checkpointMethods,
  ...costMethods,
  ...historyMethods,
  ...inboxMethods,
  ...notificationMethods,
  ...settingsMethods,
  ...workspaceMethods,
  ...statsMethods,
  ...systemMethods,
}

/** Every notification that a host sends, by name. */
export const events = {
  ...chatEvents,
  ...taskEvents,
  ...scheduleEvents,
  ...queueEvents,
  ...agentEvents,
  ...mailEvents,
  ...blockerEvents,
  ...changeEvents,
  ...planEvents,
  ...checkpointEvents,
  ...historyEvents,
  ...inboxEvents,
  ...notificationEvents,
  ...settingsEvents,
  ...systemEvents,
}

export type MethodName = keyof typeof methods
/** What a caller writes. */
export type ParamsOf<M extends MethodName> = z.input<(typeof methods)[M]['params']>
/** What a handler receives, parsed. */
export type ParsedParamsOf<M extends MethodName> = z.output<(typeof methods)[M]['params']>
export type ResultOf<M extends MethodName> = z.output<(typeof methods)[M]['result']>

export type EventName = keyof typeof events
export type DurableEventName = {
  [E in EventName]: (typeof events)[E]['durable'] extends true ? E : never
}[EventName]
export type LiveEventName = Exclude<EventName, DurableEventName>
/** The payload of an event, without the `seq` and `at` that every notification carries. */
export type PayloadOf<E extends EventName> = z.output<(typeof events)[E]['params']>

export type DurableEvent = {
  [E in DurableEventName]: {
    readonly seq: number
    /** Epoch ms. */
    readonly at: number
    readonly name: E
    readonly payload: PayloadOf<E>
  }
}[DurableEventName]

export type LiveEvent = {
  [E in LiveEventName]: { readonly at: number; readonly name: E; readonly payload: PayloadOf<E> }
}[LiveEventName]

/** The parameters of an event's notification as they cross the wire. */
export type EventParamsOf<E extends EventName> = PayloadOf<E> & {
  readonly at: number
} & (E extends DurableEventName ? { readonly seq: number } : object)

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name)
}

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name)
}

export function isDurableEventName(name: string): name is DurableEventName {
  return isEventName(name) && events[name].durable
}
