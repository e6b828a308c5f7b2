export const help = {
  title: 'Keyboard',
  search: 'Search shortcuts',
  nothingFound: (query: string) => `No shortcut is about “${query}”.`,
  change: 'Change keys…',
  inPlace: 'Where you are',
  send: 'Send the message',
  newLine: 'New line',
  close: 'Close the task',
  move: 'Move in a list, open',
}
