import type { Text } from '../text.js'

export const evidence: Text['evidence'] = {
  notRead: (reason) => `無法讀取檢查結果：${reason}`,
  none: '此工作沒有檢查。',
  checks: '檢查',
  correction: '修正',
  comments: '評論',
  output: '輸出',
  ofRound: (what, name, round) => `${name} 的${what}，第 ${round} 輪`,
  history: '歷程',
  round: (round) => `第 ${round} 輪`,
  passed: '通過',
  failed: '失敗',
  states: {
    passed: '通過',
    failed: '失敗',
    running: '執行中',
    open: '尚未檢查',
  },
}
