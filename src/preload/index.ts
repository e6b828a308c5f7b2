import { contextBridge, ipcRenderer } from 'electron'
import { createBridge } from './bridge.js'

contextBridge.exposeInMainWorld('smartAgents', createBridge(ipcRenderer, process.platform))
