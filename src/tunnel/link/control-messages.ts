import { z } from 'zod';
import { applicationConfigurationSchema } from './application-configuration.ts';

const name = z.string().max(256);
const pem = z.string().max(64 * 1024);
const count = z.number().int().nonnegative();

/** A target as one agent sees it. */
export const targetStatusSchema = z.object({
  application: z.guid(),
  url: z.string().max(300),
  healthy: z.boolean(),
  /** Refusal code or Node's code of the last failure. */
  lastError: name.optional(),
  connections: count,
  warmConnections: count,
});

/** Numbers since the agent started. */
export const agentCountersSchema = z.object({ requests: count, errors: count, bytesReceived: count, bytesSent: count, activeConnections: count });

/** Something that an administrator should look at while the agent goes on serving. */
export const agentProblemSchema = z.object({ code: name, message: z.string().max(1000), remedy: z.string().max(1000) });

/** What an agent tells the relay. */
export const agentMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), version: name, machineName: name, capabilities: z.array(name).max(64), configurationRevision: z.string().max(64).optional() }),
  z.object({ type: z.literal('status'), counters: agentCountersSchema, targets: z.array(targetStatusSchema).max(4096), /** Absent: none, or an agent that does not tell. */ problems: z.array(agentProblemSchema).max(64).optional() }),
  z.object({ type: z.literal('drain') }),
  z.object({ type: z.literal('renew'), request: pem }),
  /** The agent gives its permission back, for good. */
  z.object({ type: z.literal('unregister') }),
]);

/** What the relay tells an agent. */
export const relayMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), relay: name, agentId: name, externalIp: name.optional(), /** The relay's clock, epoch milliseconds. */ time: z.number().int().optional() }),
  z.object({ type: z.literal('configuration'), revision: z.string().max(64), applications: z.array(applicationConfigurationSchema).max(4096) }),
  z.object({ type: z.literal('refused'), code: name, message: z.string().max(1000), remedy: z.string().max(1000).optional() }),
  z.object({ type: z.literal('drain') }),
  z.object({ type: z.literal('renewed'), certificate: pem, authority: pem }),
]);

export type ReportedProblem = z.infer<typeof agentProblemSchema>;
export type TargetStatus = z.infer<typeof targetStatusSchema>;
export type AgentCounters = z.infer<typeof agentCountersSchema>;
export type AgentMessage = z.infer<typeof agentMessageSchema>;
export type RelayMessage = z.infer<typeof relayMessageSchema>;

export const agentMessageTypes: ReadonlySet<string> = new Set<AgentMessage['type']>(['hello', 'status', 'drain', 'renew', 'unregister']);
export const relayMessageTypes: ReadonlySet<string> = new Set<RelayMessage['type']>(['welcome', 'configuration', 'refused', 'drain', 'renewed']);
