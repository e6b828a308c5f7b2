import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron'
import type { DesktopText } from './text/desktop-text.js'

/** What a right click offers: spelling, and the clipboard as far as it applies. */
export function offerContextMenu(contents: WebContents, words: () => DesktopText): void {
  contents.on('context-menu', (_event, params) => {
    const { editFlags, isEditable, selectionText, misspelledWord, dictionarySuggestions } = params
    const { menu } = words()
    const items: MenuItemConstructorOptions[] = dictionarySuggestions.map((word) => ({
      label: word,
      click: () => contents.replaceMisspelling(word),
    }))
    if (misspelledWord !== '') {
      items.push({
        label: menu.addToDictionary,
        click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord),
      })
    }
    if (items.length > 0) items.push({ type: 'separator' })
    if (isEditable) items.push({ role: 'cut', label: menu.cut, enabled: editFlags.canCut })
    if (isEditable || selectionText !== '') {
      items.push({ role: 'copy', label: menu.copy, enabled: editFlags.canCopy })
    }
    if (isEditable) {
      items.push({ role: 'paste', label: menu.paste, enabled: editFlags.canPaste })
    }
    items.push({ role: 'selectAll', label: menu.selectAll })
    Menu.buildFromTemplate(items).popup()
  })
}
