import { pluralOf } from '../../../../shared/text/plural.js'

export const plural = pluralOf('zh-Hant')
