import { describe, expect, it } from 'vitest'
import { externalAddress } from './external-links.js'

describe('an address for the browser', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/'],
    ['HTTPS://Example.com', 'https://example.com/'],
  ])('is taken: %s', (address, expected) => {
    expect(externalAddress(address)).toBe(expected)
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://server/share',
    'vscode://file/x',
    'app://smart-agents/index.html',
    'https://user:secret@example.com',
    'https://accounts.example@evil.example',
    'example.com',
    '',
    `https://example.com/${'x'.repeat(10_000)}`,
  ])('is refused: %s', (address) => {
    expect(externalAddress(address)).toBeNull()
  })
})
