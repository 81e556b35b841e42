/**
 * The agent: the party that stands in the on-premises network and needs no inbound port. It enrols with a one-time
 * token or an administrator's sign-in, keeps links to the relay open, checks every request that comes over them against the policy once more, and
 * passes it to a target over a connection of its own. It listens on nothing but an optional operators' port, and it
 * knows neither Exchange nor tokens nor who the clients are.
 */
export { enrollAgent } from './identity/enroll-agent.ts';
export type { EnrollAgentOptions, EnrolledAgent } from './identity/enroll-agent.ts';
export { signInByDeviceCode } from './enrolment/sign-in-by-device-code.ts';
export { readAgentIdentity } from './identity/read-agent-identity.ts';
export { proveThroughAgent } from './enrolment/validate.ts';
export type { PhaseReport } from './enrolment/phase-report.ts';
export { unregisterAgent } from './identity/unregister-agent.ts';
export { readStatusFile } from './commands/status-file.ts';
export { createAgentCommand } from './commands/create-agent-command.ts';
export { agentOptions, loadAgentConfiguration } from './commands/agent-configuration.ts';
export type { AgentPlace } from './commands/agent-configuration.ts';
export { startAgent } from './start-agent.ts';
export type { AgentOptions, RunningAgent } from './start-agent.ts';
export type { AgentStatus } from './agent-status.ts';
export type { LinkStatus } from './links/keep-link.ts';
export type { OutboundProxy } from './links/dial-through-proxy.ts';
export type { AgentError } from './agent-error.ts';
export type { AgentErrorCode } from './agent-error.ts';
