import type { Text } from '../text.js'

export const commands: Text['commands'] = {
  groups: {
    chat: '對話',
    go: '前往',
    view: '檢視',
    tasks: '工作',
    app: '應用程式',
  },
  newChat: '新對話',
  stopReply: '停止回覆',
  writeMessage: '撰寫訊息',
  findInChat: '在聊天中尋找',
  findInHistory: '搜尋歷史紀錄',
  goConversations: '前往對話清單',
  goChat: '前往對話',
  goTaskPane: '前往對話旁的工作',
  showChat: '顯示對話',
  showTasks: '顯示所有工作',
  showHistory: '顯示歷史紀錄',
  showDashboard: '顯示儀表板',
  showInbox: '顯示收件匣',
  toggleConversations: '顯示或隱藏對話清單',
  toggleTasks: '顯示或隱藏工作',
  settings: '設定',
  shortcuts: '鍵盤快速鍵',
  notStopped: '未能停止',
}
