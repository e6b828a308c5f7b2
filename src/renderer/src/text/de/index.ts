import type { Text } from '../text.js'
import { agentDetail } from './agent-detail.js'
import { agents } from './agents.js'
import { app } from './app.js'
import { changes } from './changes.js'
import { chat } from './chat.js'
import { commands } from './commands.js'
import { costs } from './costs.js'
import { dashboard } from './dashboard.js'
import { evidence } from './evidence.js'
import { firstRun } from './first-run.js'
import { help } from './help.js'
import { history } from './history.js'
import { inbox } from './inbox.js'
import { mail } from './mail.js'
import { monitor } from './monitor.js'
import { notifications } from './notifications.js'
import { palette } from './palette.js'
import { places } from './places.js'
import { plans } from './plans.js'
import { questions } from './questions.js'
import { schedules } from './schedules.js'
import { settings } from './settings.js'
import { status } from './status.js'
import { tasks } from './tasks.js'
import { ui } from './ui.js'
import { waits } from './waits.js'
import { workflows } from './workflows.js'

export const de: Text = {
  agentDetail,
  agents,
  app,
  changes,
  chat,
  commands,
  dashboard,
  firstRun,
  help,
  history,
  inbox,
  mail,
  notifications,
  palette,
  monitor,
  places,
  settings,
  status,
  tasks,
  ui,
  waits,
  schedules,
  workflows,
  questions,
  plans,
  costs,
  evidence,
}
