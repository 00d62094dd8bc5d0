import { describe, expect, it } from 'vitest'
import { formatUri, parseUri, sipUri, userOf } from './uri.ts'

describe('URI', () => {
  it.each([
    'sip:alice@example.com',
    'sip:alice:secret@example.com:5070;transport=udp;lr?subject=hi',
    'sips:+39021234@[2001:db8::1]:5061',
    'sip:192.0.2.4',
    'sip:user;par=u%40example.net@example.com',
    "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com",
    'sip:*21#@example.com',
    'tel:+39021234;phone-context=example.com',
  ])('comes back as it was: %s', (text) => {
    const uri = parseUri(text)
    expect(uri).not.toBeNull()
    expect(uri && formatUri(uri)).toBe(text)
  })

  it.each([
    ['no scheme', 'alice@example.com'],
    ['no host', 'sip:alice@'],
    ['two @', 'sip:alice@b@example.com'],
    ['a blank', 'sip:alice b@example.com'],
    ['port 0', 'sip:example.com:0'],
    ['port 65536', 'sip:example.com:65536'],
    ['a broken escape', 'sip:a%zz@example.com'],
    ['an empty parameter', 'sip:example.com;;lr'],
    ['a parameter twice', 'sip:example.com;lr;LR'],
    ['angle brackets', '<sip:example.com>'],
    ['an open bracket', 'sip:[2001:db8::1'],
  ])('is refused with %s', (_why, text) => {
    expect(parseUri(text)).toBeNull()
  })

  it('reads host and scheme without case, and keeps the user part as it is', () => {
    expect(parseUri('SIP:Alice@EXAMPLE.com')).toMatchObject({
      scheme: 'sip',
      user: 'Alice',
      host: 'example.com',
    })
  })

  it('names the dialled user with its escapes undone, and the number of a tel URI without parameters', () => {
    const user = (text: string): string | null => {
      const uri = parseUri(text)
      return uri === null ? null : userOf(uri)
    }
    expect(user('sip:%2B39021234@example.com')).toBe('+39021234')
    expect(user('tel:+39021234;ext=5')).toBe('+39021234')
    expect(user('sip:example.com')).toBeNull()
    expect(user('sip:%ff@example.com')).toBe('%ff')
  })

  it('escapes what may not stand in a user part, and leaves the plus', () => {
    expect(formatUri(sipUri('+39 02', '2001:db8::1', 5060))).toBe('sip:+39%2002@[2001:db8::1]:5060')
  })
})
