import type { Text } from '../text.js'

export const costs: Text['costs'] = {
  notRead: (reason) => `無法讀取：${reason}`,
  today: '今日（UTC）',
  week: '7 天',
  byAgent: '依代理，7 天',
  ofThese: (unpriced) => `其中 ${unpriced}。`,
  withBelow: (count, spent) => `連同其下 ${count} 項工作：${spent}`,
  tokens: (_count, written) => `${written} 個 token`,
  unpriced: (_count, written) => `${written} 個 token 屬於價格不明的模型`,
}
