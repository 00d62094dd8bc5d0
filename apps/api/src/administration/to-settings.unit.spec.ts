import { describe, expect, it } from 'vitest'
import { BILLING, SOFIA } from './testing/administration-world.ts'
import { toAccountSettings, toEmail, toQueueSettings } from './to-settings.ts'

const refused = (code: string) => ({ ok: false, code })
const account = (given: object) => toAccountSettings({ ...SOFIA, ...given })
const queue = (given: object) => toQueueSettings({ ...BILLING, ...given }, 'IT')

describe('what a person typed', () => {
  it.each([
    ['', 'NAME_EMPTY'],
    [' \t ', 'NAME_EMPTY'],
    ['x'.repeat(201), 'NAME_TOO_LONG'],
  ])('is no name: %j', (name, code) => {
    expect(account({ name })).toEqual(refused(code))
    expect(queue({ name })).toEqual(refused(code.replace('NAME_EMPTY', 'QUEUE_NAME_EMPTY')))
  })

  it('is a name without the space around it, of up to 200 characters', () => {
    expect(account({ name: ` ${'x'.repeat(200)} ` })).toMatchObject({ value: { name: 'x'.repeat(200) } })
  })

  it.each([['two words'], ['-x'], ['é'], ['x_y'], [''], ['x'.repeat(41)]])('is no skill: %j', (skill) => {
    expect(account({ skills: ['billing', skill] })).toEqual(refused('SKILL_INVALID'))
    expect(queue({ requiredSkills: [skill] })).toEqual(refused('SKILL_INVALID'))
  })

  it('is a skill once and in lower case, fifty of them at most', () => {
    const words = Array.from({ length: 50 }, (_, index) => `s${index}`)
    expect(account({ skills: ['Billing', ' billing', 'lang-it'] })).toMatchObject({
      value: { skills: ['billing', 'lang-it'] },
    })
    expect(account({ skills: words })).toMatchObject({ ok: true })
    expect(account({ skills: [...words, 'more'] })).toEqual(refused('SKILL_INVALID'))
  })

  it.each([
    ['06 555 00100', '+390655500100'],
    ['+44 (20) 7946-0142', '+442079460142'],
    ['Help.Desk@Linfa.Example', 'help.desk@linfa.example'],
  ])('leads to a queue: %s', (text, entryPoint) => {
    expect(queue({ entryPoints: [text, entryPoint] })).toMatchObject({ value: { entryPoints: [entryPoint] } })
  })

  it.each([['12'], ['anonymous'], ['billing@'], ['a b@linfa.example'], ['']])('leads nowhere: %j', (text) => {
    expect(queue({ entryPoints: [text] })).toEqual(refused('ENTRY_POINT_INVALID'))
  })

  it('leads to a queue two hundred times at most', () => {
    const entryPoints = Array.from({ length: 201 }, (_, index) => `a${index}@linfa.example`)
    expect(queue({ entryPoints })).toEqual(refused('ENTRY_POINT_INVALID'))
  })

  it.each([['sofia'], ['sofia@'], ['@linfa.example'], [`${'x'.repeat(250)}@x.example`]])(
    'is no address to sign in with: %j',
    (text) => {
      expect(toEmail(text)).toEqual(refused('EMAIL_INVALID'))
    },
  )
})
