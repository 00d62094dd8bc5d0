import { describe, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, agent } from '../kernel/testing.ts'
import { agentDecider } from './decide.ts'
import type { AgentEvent, AgentProfile } from './events.ts'

const given = specify(agentDecider)
const agentId = agent('giulia')
const at = after(0)
const profile: AgentProfile = { name: 'Giulia', skills: ['support', 'lang-it'] }
const hired: AgentEvent = { type: 'AgentHired', data: { agentId, profile, at } }
const left: AgentEvent = { type: 'AgentLeft', data: { agentId, at } }
const hire = { type: 'HireAgent', agentId, profile, at } as const

describe('an agent', () => {
  it('is hired once', () => {
    given([]).when(hire).then([hired])
    given([hired]).when(hire).thenNothing()
    given([hired])
      .when({ ...hire, profile: { ...profile, name: 'Marta' } })
      .thenRefused('AGENT_EXISTS', { agentId })
  })

  it('may come back after leaving', () => {
    given([hired, left]).when(hire).then([hired])
  })

  it('has a name', () => {
    const nameless = { ...profile, name: '' }
    given([])
      .when({ ...hire, profile: nameless })
      .thenRefused('AGENT_NAME_EMPTY', { agentId })
    given([hired])
      .when({ type: 'ChangeAgentProfile', agentId, profile: nameless, at })
      .thenRefused('AGENT_NAME_EMPTY', { agentId })
  })

  it('changes only where something is different', () => {
    const changed = { ...profile, skills: ['support'] }
    given([hired])
      .when({ type: 'ChangeAgentProfile', agentId, profile: changed, at })
      .then([{ type: 'AgentProfileChanged', data: { agentId, profile: changed, at } }])
    given([hired]).when({ type: 'ChangeAgentProfile', agentId, profile, at }).thenNothing()
  })

  it('who left or never came has no profile to change', () => {
    for (const history of [[], [hired, left]])
      given(history).when({ type: 'ChangeAgentProfile', agentId, profile, at }).thenRefused('AGENT_UNKNOWN')
  })

  it('leaves once', () => {
    given([hired]).when({ type: 'LetAgentGo', agentId, at }).then([left])
    given([hired, left]).when({ type: 'LetAgentGo', agentId, at }).thenNothing()
    given([]).when({ type: 'LetAgentGo', agentId, at }).thenRefused('AGENT_UNKNOWN', { agentId })
  })
})
