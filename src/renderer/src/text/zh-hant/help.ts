import type { Text } from '../text.js'

export const help: Text['help'] = {
  title: '鍵盤',
  search: '搜尋快速鍵',
  nothingFound: (query) => `沒有與「${query}」相關的快速鍵。`,
  change: '變更按鍵…',
  inPlace: '當前位置',
  send: '傳送訊息',
  newLine: '換行',
  close: '關閉工作',
  move: '在清單中移動、開啟',
}
