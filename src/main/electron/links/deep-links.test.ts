import { expect, it } from 'vitest'
import type { Place } from '../../../shared/model/place.js'
import { DeepLinks, linkIn } from './deep-links.js'

it('finds the link among what Chromium and the system add to a start', () => {
  const args = ['/opt/app', '--allow-file-access', '--', 'smart-agents://task/task_1']
  expect(linkIn(args)).toBe('smart-agents://task/task_1')
  expect(linkIn(['/opt/app', '--workspace', '/w'])).toBeNull()
  expect(linkIn(['/opt/app', '--x=smart-agents://task/task_1'])).toBeNull()
})

it('keeps what comes before there is a window, in order, and forgets the oldest of too many', () => {
  const links = new DeepLinks()
  for (let number = 1; number <= 7; number += 1) {
    links.receive(`smart-agents://task/task_${number}`)
  }
  const followed: Array<Place | null> = []
  links.open((place) => followed.push(place))
  expect(followed.map((place) => place?.kind === 'task' && place.taskId)).toEqual([
    'task_3',
    'task_4',
    'task_5',
    'task_6',
    'task_7',
  ])
  links.receive('smart-agents://settings/model')
  links.receive('smart-agents://task/task_1;rm')
  expect(followed.slice(5)).toEqual([{ kind: 'settings', section: 'model' }, null])
})
