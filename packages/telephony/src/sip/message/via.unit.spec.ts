import { describe, expect, it } from 'vitest'
import { branchOf, createVia, parseVia, withSource } from './via.ts'

describe('Via', () => {
  it('takes blanks around slashes, colon and parameters (RFC 4475 §3.1.1.1)', () => {
    expect(
      parseVia('SIP  / 2.0  / TCP     spindle.example.com  : 5070 ;  branch  =   z9hG4bK9ikj8'),
    ).toMatchObject({
      version: 'SIP/2.0',
      transport: 'TCP',
      host: 'spindle.example.com',
      port: 5070,
    })
  })

  it.each([
    ['empty parameters', 'SIP/2.0/UDP 192.0.2.15;;,;,,'],
    ['no host', 'SIP/2.0/UDP ;branch=x'],
    ['a port that is none', 'SIP/2.0/UDP a:70000'],
    ['no transport', 'SIP/2.0 a'],
  ])('is refused with %s', (_why, text) => {
    expect(parseVia(text)).toBeNull()
  })

  it('notes where a request came from when that is not what it says (§18.2.1)', () => {
    const via = parseVia('SIP/2.0/UDP phone.example.com;branch=z9hG4bK1')
    const noted = via && withSource(via, { address: '192.0.2.7', port: 1234 })
    expect(noted?.raw).toBe('SIP/2.0/UDP phone.example.com;branch=z9hG4bK1;received=192.0.2.7')
    const same = parseVia('SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1')
    expect(same && withSource(same, { address: '192.0.2.7', port: 1234 }).raw).toBe(same?.raw)
  })

  it('fills rport and received where the client asked for it (RFC 3581 §4)', () => {
    const via = parseVia('SIP/2.0/UDP 192.0.2.7;rport;branch=z9hG4bK1')
    expect(via && withSource(via, { address: '192.0.2.7', port: 1234 }).raw).toBe(
      'SIP/2.0/UDP 192.0.2.7;rport=1234;branch=z9hG4bK1;received=192.0.2.7',
    )
  })

  it('does not believe a received that came from outside', () => {
    const via = parseVia('SIP/2.0/UDP 192.0.2.7;received=203.0.113.9;branch=z9hG4bK1')
    expect(via && withSource(via, { address: '192.0.2.7', port: 5060 }).parameters.has('received')).toBe(
      false,
    )
  })

  it('of ours asks for rport', () => {
    const via = createVia('UDP', '2001:db8::1', 5060, 'z9hG4bKx')
    expect(via.raw).toBe('SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bKx;rport')
    expect(branchOf(via)).toBe('z9hG4bKx')
  })
})
