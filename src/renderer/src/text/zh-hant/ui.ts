import type { Text } from '../text.js'

export const ui: Text['ui'] = {
  close: '關閉',
  keep: '保留',
  copied: '已複製',
  notCopied: '未複製',
  copyYourself: (reason) => `${reason}。請選取文字並用鍵盤複製。`,
  couldNotBeShown: (what) => `無法顯示${what}`,
  kept: (reason) => `${reason}。你的對話、工作與草稿都保留著。`,
  reloadPane: '重新載入此區塊',
  smaller: '縮小',
  larger: '放大',
  showAll: '顯示全部',
  justNow: '剛剛',
  minutesAgo: (minutes) => `${minutes} 分鐘前`,
  hoursAgo: (hours) => `${hours} 小時前`,
  span: (from, to) => `${from} 至 ${to}`,
  seconds: (seconds) => `${seconds} 秒`,
  minutes: (minutes, seconds) => `${minutes} 分 ${seconds} 秒`,
  hours: (hours, minutes) => `${hours} 小時 ${minutes} 分`,
  advice: {
    cancelled: '連線恢復後請再試一次。',
    timeout: '請再試一次。',
    provider_error: '請檢查設定中的模型。',
  },
}
