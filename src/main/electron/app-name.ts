/** As people read it. The system's own name of the app is another, by which it keeps its secrets. */
export const APP_NAME = 'Smart Agents'

/** By which Windows knows whose notifications and taskbar button they are. */
export const APP_USER_MODEL_ID = 'smart-agents.desktop'
