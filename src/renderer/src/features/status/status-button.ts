export const STATUS_BUTTON =
  'flex h-5 shrink-0 items-center gap-1.5 rounded px-1.5 hover:bg-hover hover:text-text'
