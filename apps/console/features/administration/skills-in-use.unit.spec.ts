import { expect, test } from 'vitest'
import { agentsFor, skillsInUse } from './skills-in-use.ts'
import type { Account } from './use-administration.ts'

const account = (name: string, skills: string[] | null): Account => ({
  id: name,
  name,
  email: `${name}@linfa.example`,
  role: skills === null ? 'ADMIN' : 'AGENT',
  passwordStatus: 'SET',
  agent: skills === null ? null : { id: name, skills },
})
const STAFF = [
  account('chiara', null),
  account('sofia', ['lang-it', 'billing']),
  account('karol', ['lang-pl']),
]

test('only who has every skill may take what waits; without skills every agent may, and no administrator', () => {
  const names = (requiredSkills: string[]) => agentsFor({ requiredSkills }, STAFF).map(({ name }) => name)
  expect(names(['lang-it', 'billing'])).toEqual(['sofia'])
  expect(names(['lang-pl', 'billing'])).toEqual([])
  expect(names([])).toEqual(['sofia', 'karol'])
})

test('skills to choose from are those in use, each once, and the languages of the console first', () => {
  expect(skillsInUse(STAFF, [{ requiredSkills: ['contracts', 'billing'] }], 'en')).toEqual([
    'lang-en',
    'lang-it',
    'lang-pl',
    'billing',
    'contracts',
  ])
})
