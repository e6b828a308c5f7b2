import type { Text } from '../text.js'

export const tasks: Text['tasks'] = {
  output: {
    label: '輸出',
    notRead: (why) => `無法讀取輸出：${why}`,
    noneYet: '尚無輸出。',
    none: '沒有輸出。',
    lines: (count) => `${count.toLocaleString('zh-Hant')} 行`,
    part: (count) => `較長紀錄中的 ${count.toLocaleString('zh-Hant')} 行`,
    removed: (at) => `記錄檔已依設定移除（${at}）。`,
    olderFailed: '無法讀取更多輸出',
    toBeginning: '到開頭',
    follow: '跟隨輸出',
    copy: '複製輸出',
    search: '搜尋輸出',
    searchPlaceholder: '搜尋',
    found: (at, count, complete) =>
      count === 0
        ? complete
          ? '找不到'
          : '搜尋中'
        : `${at === 0 ? '' : `${at}／`}${count}${complete ? '' : '+'}`,
    previous: '上一個符合的行',
    next: '下一個符合的行',
  },
  resources: {
    tab: '資源',
    none: '沒有測量到任何程序：可能沒有程序，或在一秒內就結束。',
    notRead: (why) => `無法讀取資源使用量：${why}`,
    cpu: 'CPU',
    memory: '記憶體',
    machine: '同一時間的電腦負載',
    peak: (cpu, memory) => `最高：CPU ${cpu}，記憶體 ${memory}`,
    stretch: (attempt, from) => `第 ${attempt} 次嘗試，自 ${from} 起`,
    time: '時間',
    table: '數據',
  },
  remedy: {
    dependency: '這些工作結束後會自動開始。',
    schedule: '到時會自動開始，也可以立即開始。',
    backoff: '稍後會自動重試，也可以立即重試。',
    answer: '你回答後就會繼續。',
    approval: '你核准計畫後就會繼續。',
    children: '由它開始的工作結束後就會繼續。',
    mail: '收到郵件後就會繼續。',
    paused: '佇列恢復之前不會開始任何工作。',
    quota: '服務供應商暫時不接受請求；之後會自動繼續。',
    limit: '其他工作結束後就會開始。可以提高上限。',
    memory: '有可用記憶體時就會開始。可以調整門檻。',
    cpu: '處理器有空時就會開始；十秒後仍會執行一項工作。',
    starting: '即將開始。',
    resume: '恢復佇列',
    resumeFailed: '無法恢復佇列',
    limits: '上限',
    inbox: '在收件匣中回答',
    open: (task) => `開啟「${task}」`,
  },
}
