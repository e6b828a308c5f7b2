import type { ScheduleId } from '../../../../shared/model/ids.js'
import { type Host, useHost } from '../../app/host.js'
import { currentText } from '../../text/text.js'
import { failed } from '../../ui/failure.js'

export interface ScheduleActions {
  pause(scheduleId: ScheduleId): void
  resume(scheduleId: ScheduleId): void
  run(scheduleId: ScheduleId): void
  remove(scheduleId: ScheduleId, gone: () => void): void
}

/** What can be done to a recurring task; the outcome comes as an event, a refusal as a message. */
export function useScheduleActions(): ScheduleActions {
  return actionsOf(useHost())
}

function actionsOf(host: Host): ScheduleActions {
  const text = currentText().schedules
  return {
    pause: (scheduleId) => {
      host.call('schedule.pause', { scheduleId }).catch(failed(text.notPaused))
    },
    resume: (scheduleId) => {
      host.call('schedule.resume', { scheduleId }).catch(failed(text.notResumed))
    },
    run: (scheduleId) => {
      host.call('schedule.run', { scheduleId }).catch(failed(text.notStarted))
    },
    remove: (scheduleId, gone) => {
      host.call('schedule.delete', { scheduleId }).then(gone, failed(text.notDeleted))
    },
  }
}
