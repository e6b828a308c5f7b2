import type { Text } from '../text.js'
import { plural } from './plural.js'

export const app: Text['app'] = {
  areas: {
    label: '區域',
    chat: '對話',
    tasks: '工作',
    history: '歷史紀錄',
    dashboard: '儀表板',
    inbox: '收件匣',
  },
  tasksRun: (count) => plural(count, { other: `${count} 項工作執行中` }),
}
