import { useView } from '../../stores/view.js'
import { focusHistorySearch } from '../history-search-field.js'
import type { Command } from './command.js'

export const historyCommands: readonly Command[] = [
  {
    id: 'history.find',
    group: 'go',
    title: (text) => text.commands.findInHistory,
    enabled: () => useView.getState().area === 'history',
    run: focusHistorySearch,
  },
]
