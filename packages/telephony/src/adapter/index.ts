export { type StartVoiceEdgeOptions, startVoiceEdge } from './start-voice-edge.ts'
