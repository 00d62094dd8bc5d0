export * from './fake-voice-edge.ts'
