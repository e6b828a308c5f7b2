import { Menu, type MenuItemConstructorOptions, type WebContents } from 'electron'

/** What a right click offers: spelling, and the clipboard as far as it applies. */
export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const { editFlags, isEditable, selectionText, misspelledWord, dictionarySuggestions } = params
    const items: MenuItemConstructorOptions[] = dictionarySuggestions.map((word) => ({
      label: word,
      click: () => contents.replaceMisspelling(word),
    }))
    if (misspelledWord !== '') {
      items.push({
        label: 'Add to Dictionary',
        click: () => contents.session.addWordToSpellCheckerDictionary(misspelledWord),
      })
    }
    if (items.length > 0) items.push({ type: 'separator' })
    if (isEditable) items.push({ role: 'cut', enabled: editFlags.canCut })
    if (isEditable || selectionText !== '') items.push({ role: 'copy', enabled: editFlags.canCopy })
    if (isEditable) items.push({ role: 'paste', enabled: editFlags.canPaste })
    items.push({ role: 'selectAll' })
    Menu.buildFromTemplate(items).popup()
  })
}
