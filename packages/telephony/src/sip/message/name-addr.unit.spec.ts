import { describe, expect, it } from 'vitest'
import { addressesOf } from './address-lists.ts'
import { header } from './headers.ts'
import { formatNameAddr, parseNameAddr, tagOf, withTag } from './name-addr.ts'
import { formatUri } from './uri.ts'

describe('name-addr', () => {
  it('undoes the escapes of a quoted name', () => {
    const address = parseNameAddr('"A \\"quoted\\" \\\\ name" <sip:a@example.com>;tag=1')
    expect(address?.displayName).toBe('A "quoted" \\ name')
    expect(address && tagOf(address)).toBe('1')
  })

  it('takes a name without quotes, and none at all', () => {
    expect(parseNameAddr('caller<sip:a@example.com>')?.displayName).toBe('caller')
    expect(parseNameAddr('Anna (Sales) <sip:a@example.com>')?.displayName).toBe('Anna (Sales)')
    expect(parseNameAddr('<sip:a@example.com>')?.displayName).toBeNull()
  })

  it('gives parameters behind a bare URI to the header, those within brackets to the URI (§20)', () => {
    const bare = parseNameAddr('sip:a@example.com ; tag = 7 ; user=phone')
    expect(bare && [...bare.parameters]).toEqual([
      ['tag', '7'],
      ['user', 'phone'],
    ])
    const bracketed = parseNameAddr('<sip:a@example.com;user=phone>;tag=7')
    expect(bracketed && formatUri(bracketed.uri)).toBe('sip:a@example.com;user=phone')
  })

  it.each([
    ['an open quote', '"Anna <sip:a@example.com>'],
    ['an open bracket', '<sip:a@example.com'],
    ['blanks in the brackets', '"Anna" < sip:a@example.com >'],
    ['a question mark in a bare URI', 'sip:a@example.com?Route=x'],
    ['text behind the bracket', '<sip:a@example.com> x'],
    ['a comma in a bare name', 'Bell, Alexander <sip:a@example.com>'],
    ['an empty parameter', '<sip:a@example.com>;;tag=1'],
    ['a tag twice', '<sip:a@example.com>;tag=1;tag=2'],
    ['nothing', ''],
  ])('is refused with %s', (_why, text) => {
    expect(parseNameAddr(text)).toBeNull()
  })

  it('quotes a name again when it writes, and never lets a line end through', () => {
    const address = parseNameAddr('"A \\"b\\"" <sip:a@example.com>')
    expect(address && formatNameAddr(withTag(address, 'x'))).toBe('"A \\"b\\"" <sip:a@example.com>;tag=x')
    const evil = { displayName: 'x\r\nVia: y', uri: parseNameAddr('sip:a@b')?.uri, parameters: new Map() }
    if (evil.uri === undefined) throw new Error('no uri')
    expect(formatNameAddr({ ...evil, uri: evil.uri })).not.toMatch(/[\r\n]/)
  })

  it('reads lists over several lines and commas, and refuses the list when one is broken', () => {
    const headers = [
      header('Route', '<sip:a.example.com;lr>, "x, y" <sip:b.example.com>'),
      header('Route', '<sip:c.example.com>'),
    ]
    expect(addressesOf({ headers }, 'route')?.map((a) => formatUri(a.uri))).toEqual([
      'sip:a.example.com;lr',
      'sip:b.example.com',
      'sip:c.example.com',
    ])
    expect(addressesOf({ headers: [...headers, header('Route', '<sip:')] }, 'route')).toBeNull()
    expect(addressesOf({ headers: [] }, 'route')).toEqual([])
  })
})
