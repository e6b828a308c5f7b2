export const places = {
  noPlace: 'This link leads nowhere.',
  noTask: (id: string) => `There is no task ${id}.`,
  noConversation: (id: string) => `There is no chat ${id}.`,
  noQuestion: (id: string) => `There is no question ${id}.`,
  noSettings: (section: string) => `There are no settings “${section}”.`,
  notShown: 'Not shown',
}
