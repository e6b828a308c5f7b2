export const places = {
  noPlace: 'This link leads nowhere.',
  noTask: (id: string) => `There is no task ${id}.`,
  noConversation: (id: string) => `There is no chat ${id}.`,
  noQuestion: (id: string) => `There is no question ${id}.`,
  notShown: 'Not shown',
}
