import type { Catalog } from '../../../../shared/text/catalog.js'
import type { en } from './en.js'

export const zhHant: Catalog<typeof en> = {
  progress: (task, percent) => `${percent}%：${task}`,
  completed: (task) => `已完成：${task}`,
  failed: (task) => `失敗：${task}`,
  cancelled: (task) => `未執行：${task}`,
  allCompleted: (count) => `${count} 項工作已完成`,
  allEnded: (count) => `${count} 項工作已結束`,
  ends: {
    completed: (count) => `${count} 個完成`,
    failed: (count) => `${count} 個失敗`,
    cancelled: (count) => `${count} 個未執行`,
  },
  question: (task) => `關於「${task}」的問題`,
  checks: (task) => `檢查未通過：${task}`,
  approval: (task) => `有計畫等待核准：${task}`,
  parts: (count) => `${count} 個部分`,
  more: '…',
  actions: {
    approve: '核准',
    reject: '拒絕',
    retry: '重試',
    open: '開啟',
    dismiss: '關閉',
  },
}
