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
  exists: (file) => `${file} 存在`,
  hasText: (file) => `${file} 含有指定文字`,
  review: (agent) => `由 ${agent} 審查`,
  noExitCode: '沒有結束代碼',
  exitCode: (code) => `結束代碼 ${code}`,
  score: (points) => `${points}／100 分`,
  corrections: {
    in_progress: (attempt, limit) => `第 ${attempt} 次修正，共 ${limit} 次：進行中`,
    success: (attempt, limit) => `第 ${attempt} 次修正，共 ${limit} 次：已修正`,
    failed: (attempt, limit) => `第 ${attempt} 次修正，共 ${limit} 次：未能修正`,
  },
  states: {
    passed: '通過',
    failed: '失敗',
    running: '執行中',
    open: '尚未檢查',
  },
}
