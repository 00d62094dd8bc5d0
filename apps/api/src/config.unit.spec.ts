import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from './config.ts'

const SECRET = 'x'.repeat(32)

const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseConfig(env, '/srv')
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('configuration', () => {
  it('starts a demo on loopback from an empty environment', () => {
    const config = parseConfig({}, '/srv')
    expect(config).toMatchObject({
      mode: 'demo',
      dataDir: '/srv/data',
      eventStoreUrl: 'sqlite:/srv/data/log.db',
      logPath: '/srv/data/log.db',
      country: 'IT',
      http: { address: '127.0.0.1', port: 8080, origin: null },
      sip: { address: '127.0.0.1', port: 5060 },
      media: { rtpPorts: { min: 20_000, max: 20_999 }, webRtcPorts: { min: 21_000, max: 21_999 } },
      timeZone: 'Europe/Rome',
    })
  })

  it('lets webhooks go to public addresses over HTTPS, and further only where it says so', () => {
    const webhooksOf = (env: Record<string, string>) =>
      parseConfig({ HUB_MODE: 'production', HUB_SECRET: SECRET, ...env }, '/srv').webhooks
    expect(webhooksOf({})).toEqual({ allowHttp: false, allowPrivate: false, deadLetterLimit: 1_000 })
    expect(webhooksOf({ HUB_WEBHOOK_ALLOW: 'private, http', HUB_WEBHOOK_DEAD_LETTERS: '5' })).toEqual({
      allowHttp: true,
      allowPrivate: true,
      deadLetterLimit: 5,
    })
    expect(parseConfig({}, '/srv').webhooks).toMatchObject({ allowHttp: true, allowPrivate: false })
    expect(problemsOf({ HUB_WEBHOOK_ALLOW: 'all', HUB_WEBHOOK_DEAD_LETTERS: '0' })).toEqual([
      'HUB_WEBHOOK_ALLOW must be one or both of http, private, with a comma between',
      'HUB_WEBHOOK_DEAD_LETTERS must be a number from 1 to 99999',
    ])
  })

  it('takes an empty variable as left out', () => {
    expect(parseConfig({ HUB_HTTP_PORT: '', IMAP_URL: '' }, '/srv').http.port).toBe(8080)
  })

  it('names every wrong variable at once', () => {
    const problems = problemsOf({ HUB_HTTP_PORT: 'http', HUB_RTP_PORTS: '5-4', HUB_TIME_ZONE: 'Rome' })
    expect(problems).toHaveLength(3)
    expect(problems[0]).toMatch(/^HUB_HTTP_PORT must be a port/)
    expect(problems[1]).toMatch(/^HUB_RTP_PORTS must be two ports/)
    expect(problems[2]).toMatch(/^HUB_TIME_ZONE must be a time zone/)
  })

  it.each(['HUB_HTTP_ADDRESS', 'HUB_SIP_ADDRESS'])('refuses a demo whose %s leaves this machine', (name) => {
    expect(problemsOf({ [name]: '0.0.0.0' })).toEqual([expect.stringContaining(`${name} is 0.0.0.0`)])
    expect(problemsOf({ [name]: '127.0.0.9' })).toEqual([])
  })

  it('refuses production without a secret, and with a short one', () => {
    expect(problemsOf({ HUB_MODE: 'production' })).toEqual([expect.stringMatching(/^HUB_SECRET must/)])
    expect(problemsOf({ HUB_MODE: 'production', HUB_SECRET: SECRET.slice(1) })).toHaveLength(1)
    expect(problemsOf({ HUB_MODE: 'production', HUB_SECRET: SECRET, HUB_HTTP_ADDRESS: '0.0.0.0' })).toEqual(
      [],
    )
  })

  it.each(['0.0.0.0', '::'])(
    'wants to know what to tell peers when SIP is bound to every address (%s)',
    (address) => {
      const bound = { HUB_MODE: 'production', HUB_SECRET: SECRET, HUB_SIP_ADDRESS: address }
      expect(problemsOf(bound)).toEqual([expect.stringMatching(/^HUB_MEDIA_ADDRESS must/)])
      expect(problemsOf({ ...bound, HUB_MEDIA_ADDRESS: '192.0.2.7' })).toEqual([])
    },
  )

  it('wants a way to answer the mails it fetches in production', () => {
    const problems = problemsOf({
      HUB_MODE: 'production',
      HUB_SECRET: SECRET,
      IMAP_URL: 'imaps://u:p@mail.example:993',
    })
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['MAIL_ADDRESS', 'SMTP_URL'])
  })

  it('puts the log where one variable says: a file, or a cluster', () => {
    for (const url of ['esdb://one:2113,two:2113?tls=true', 'esdb+discover://cluster', 'kurrentdb://one']) {
      expect(parseConfig({ EVENT_STORE_URL: url }, '/srv')).toMatchObject({
        eventStoreUrl: url,
        logPath: null,
      })
    }
    for (const url of ['postgres://localhost', 'esdb:', 'log.db']) {
      expect(problemsOf({ EVENT_STORE_URL: url })).toEqual([
        expect.stringMatching(/^EVENT_STORE_URL must look like/),
      ])
    }
    for (const url of ['sqlite:/var/log.db', 'sqlite:///var/log.db', 'sqlite:../var/log.db']) {
      expect(parseConfig({ EVENT_STORE_URL: url }, '/srv').eventStoreUrl).toBe('sqlite:/var/log.db')
    }
  })
})
