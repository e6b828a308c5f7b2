import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../host.mjs'

export const builtFolder = path.join(root, 'out/bench')

/** @returns {Promise<typeof import('./product.ts')>} what `buildProduct` has built */
export async function loadProduct() {
  return import(pathToFileURL(path.join(builtFolder, 'product.js')).href)
}
