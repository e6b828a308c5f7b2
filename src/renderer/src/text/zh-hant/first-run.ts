import type { Text } from '../text.js'

export const firstRun: Text['firstRun'] = {
  lead: '與助理對話，同時讓代理在背景完成耗時的工作。',
  steps: '初次設定',
  workspace: '工作資料夾',
  workspaceTitle: '代理要在哪裡工作？',
  model: '模型',
  modelTitle: '由誰來思考？',
  next: '繼續',
  start: '開始',
}
