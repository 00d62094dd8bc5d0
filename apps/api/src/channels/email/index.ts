export { createMailChannel, type MailChannel, type MailChannelOptions } from './mail-channel.ts'
