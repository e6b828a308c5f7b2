/** Does nothing but be measured: what its event loop is late by is the machine's own noise. */
import './loop-delay.mjs'

process.channel?.ref()
