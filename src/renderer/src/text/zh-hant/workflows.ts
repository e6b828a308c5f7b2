import type { Text } from '../text.js'

export const workflows: Text['workflows'] = {
  start: '啟動',
  startOne: (name) => `啟動「${name}」`,
  startAny: '啟動工作流程',
  notRead: (reason) => `無法讀取工作流程：${reason}`,
  none: '還沒有工作流程。',
  sources: { builtin: '內建', user: '你的', workspace: '工作資料夾的' },
  parts: (count) => `${count} 個部分`,
  problems: (count) => `檔案中有 ${count} 個問題`,
  required: (name) => `${name}（必填）`,
  fillIn: '請填寫',
  whatItDoes: '它會做什麼',
  notStarted: (reason) => `未啟動：${reason}。你填寫的內容已保留。`,
  all: '所有工作流程',
  cancel: '取消',
}
