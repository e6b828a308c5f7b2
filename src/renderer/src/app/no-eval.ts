import { z } from 'zod'

// Compiled validators need eval, which the content security policy forbids. Schemas ask for it
// when they are made, so this has to be the first import of the entry.
z.config({ jitless: true })
