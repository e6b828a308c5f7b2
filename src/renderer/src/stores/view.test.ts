import { expect, it } from 'vitest'
import { MailId, TaskId } from '../../../shared/model/ids.js'
import { leadToAgents, setTasksOpen, showArea, showTask, useView } from './view.js'

it('leads to agents and mail from another area, past the task that is open', () => {
  const beside = { area: 'chat', pane: 'tasks', tasksOpen: true, taskId: null, agentsOpen: true }
  const elsewhere = () => {
    showTask(TaskId.parse('task_a'))
    setTasksOpen(false)
    showArea('inbox')
  }
  elsewhere()
  leadToAgents({ agentId: 'ada' })
  expect(useView.getState()).toMatchObject({ ...beside, agentId: 'ada', threadId: null })
  elsewhere()
  const threadId = MailId.parse('mail_1')
  leadToAgents({ threadId })
  expect(useView.getState()).toMatchObject({ ...beside, agentId: null, threadId })
  expect(useView.getState().agentsTab).toBe('mail')
})
