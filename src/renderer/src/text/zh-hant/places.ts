import type { Text } from '../text.js'

export const places: Text['places'] = {
  noPlace: '這個連結沒有對應的內容。',
  noTask: (id) => `找不到工作 ${id}。`,
  noConversation: (id) => `找不到對話 ${id}。`,
  noQuestion: (id) => `找不到問題 ${id}。`,
  noSettings: (section) => `找不到「${section}」這項設定。`,
  notShown: '無法顯示',
}
