import { reduceActivity, useActivity } from './activity.js'
import { reduceAgents, useAgents } from './agents.js'
import { reduceBlockers, useBlockers } from './blockers.js'
import { reduceChanges, useChanges } from './changes.js'
import { reduceCheckpoints, useCheckpoints } from './checkpoints.js'
import { reduceConversations, useConversations } from './conversations.js'
import { reduceEvidence, useEvidence } from './evidence.js'
import { reduceHistory, useHistory } from './history.js'
import type { HostEvent } from './host-event.js'
import { reduceInbox, useInbox } from './inbox.js'
import { reduceMail, useMail } from './mail.js'
import { reduceMessages, useMessages } from './messages.js'
import { reduceNotifications, useNotifications } from './notifications.js'
import { reducePlans, usePlans } from './plans.js'
import { reduceQueue, useQueue } from './queue.js'
import { reduceSchedules, useSchedules } from './schedules.js'
import { reduceSettings, useSettings } from './settings.js'
import { reduceTaskMessages, useTaskMessages } from './task-messages.js'
import { reduceTaskOutput, useTaskOutput } from './task-output.js'
import { reduceTasks, useTasks } from './tasks.js'

/** Applies a batch of events: each store changes at most once, however many events there are. */
export function applyEvents(events: readonly HostEvent[]): void {
  useConversations.setState((state) => events.reduce(reduceConversations, state))
  useMessages.setState((state) => events.reduce(reduceMessages, state))
  useTasks.setState((state) => events.reduce(reduceTasks, state))
  useSchedules.setState((state) => events.reduce(reduceSchedules, state))
  useAgents.setState((state) => events.reduce(reduceAgents, state))
  useMail.setState((state) => events.reduce(reduceMail, state))
  useBlockers.setState((state) => events.reduce(reduceBlockers, state))
  useHistory.setState((state) => events.reduce(reduceHistory, state))
  useInbox.setState((state) => events.reduce(reduceInbox, state))
  useNotifications.setState((state) => events.reduce(reduceNotifications, state))
  usePlans.setState((state) => events.reduce(reducePlans, state))
  useCheckpoints.setState((state) => events.reduce(reduceCheckpoints, state))
  useActivity.setState((state) => events.reduce(reduceActivity, state))
  useQueue.setState((state) => events.reduce(reduceQueue, state))
  useSettings.setState((state) => events.reduce(reduceSettings, state))
  useChanges.setState((state) => events.reduce(reduceChanges, state))
  useEvidence.setState((state) => events.reduce(reduceEvidence, state))
  useTaskMessages.setState((state) => events.reduce(reduceTaskMessages, state))
  useTaskOutput.setState((state) => events.reduce(reduceTaskOutput, state))
}
