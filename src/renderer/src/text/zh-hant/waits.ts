import type { Text } from '../text.js'

export const waits: Text['waits'] = {
  paused: '佇列已暫停',
  limits: {
    all: (running, most) => `執行中的工作已達 ${running}／${most} 項`,
    agent: (running, most) => `執行中的代理已達 ${running}／${most} 個`,
    build: (running, most) => `執行中的建置已達 ${running}／${most} 項`,
    e2e_test: (running, most) => `執行中的端對端測試已達 ${running}／${most} 項`,
    someType: '建置、端對端測試或代理已達上限',
  },
  cpu: {
    unknown: '處理器忙碌中',
    above: (now, threshold) => `CPU 使用率 ${now}，高於門檻 ${threshold}`,
    notYetBelow: (now, threshold) => `CPU 使用率 ${now}，尚未充分低於門檻 ${threshold}`,
  },
  memory: {
    unknown: '記憶體不足',
    above: (now, threshold) => `記憶體使用率 ${now}，高於門檻 ${threshold}`,
    notYetBelow: (now, threshold) => `記憶體使用率 ${now}，尚未充分低於門檻 ${threshold}`,
  },
  forTasks: (tasks) => `等待${tasks}`,
  moreTasks: (count) => `另外 ${count} 項`,
  startsAt: (moment) => `於 ${moment} 開始`,
  forAnswer: '等待你的回答',
  forAnswerTo: (question) => `等待你的回答：${question}`,
  starting: '輪到下一個：有空位就開始',
  gauges: {
    cpu: 'CPU 目前暫緩新工作；執行中的工作會繼續，聊天絕不等待。',
    memory: '記憶體目前暫緩新工作；執行中的工作會繼續，聊天絕不等待。',
    both: 'CPU 與記憶體目前暫緩新工作；執行中的工作會繼續，聊天絕不等待。',
    off: '兩個門檻都已關閉，不會暫緩任何工作。',
    none: '目前沒有暫緩任何工作。',
  },
}
