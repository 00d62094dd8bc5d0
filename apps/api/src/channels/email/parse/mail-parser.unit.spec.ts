import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMailParser, type MailParser } from './mail-parser.ts'

let parser: MailParser
beforeEach(() => {
  parser = createMailParser()
})
afterEach(() => parser[Symbol.asyncDispose]())

const mail = (nth: number) =>
  Buffer.from(`From: a@b.example\r\nMessage-ID: <${nth}@b>\r\nSubject: no ${nth}\r\n\r\nwords ${nth}`)

test('mails asked for at once each come back as themselves', async () => {
  const numbers = Array.from({ length: 20 }, (_, nth) => nth)
  const found = await Promise.all(numbers.map((nth) => parser.parse(mail(nth), mail(nth).byteLength)))
  expect(found.map(({ subject }) => subject)).toEqual(numbers.map((nth) => `no ${nth}`))
  expect(found.every(({ text }) => text instanceof Uint8Array)).toBe(true)
})

test('a mail on which the thread fails keeps its raw form, and the next is read', async () => {
  // What cannot be a mail's bytes at all stands for whatever may kill the thread.
  const broken = await parser.parse(null as unknown as Uint8Array, 7)
  expect(broken.defects).toEqual(['brokenMime', 'noMessageId', 'noSender'])
  expect((await parser.parse(mail(1), 60)).subject).toBe('no 1')
})
