import { hostname } from 'node:os';
import type { Dial } from '../../foundation/index.ts';
import { systemDial } from '../../foundation/index.ts';
import { errorCodes } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';
import { agentVersion } from '../agent-version.ts';
import type { OutboundProxy } from '../links/dial-through-proxy.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { openRelayLink } from '../links/open-relay-link.ts';
import type { RelayLink } from '../links/open-relay-link.ts';
import { openAgentState } from './agent-state.ts';

export interface UnregisterAgentOptions {
  stateDirectory: string;
  /** PEM certificates to trust for the relay instead of the built-in roots. */
  ca?: string | readonly string[];
  dial?: Dial;
  /** Outbound proxy to reach the relay through. */
  proxy?: OutboundProxy;
  /** Milliseconds for all of it. Default 15,000. */
  timeoutMs?: number;
}

/**
 * Gives the agent's permission back to the relay, over a link that proves who asks, and forgets the identity here. A
 * running agent loses its links at once. What the relay has revoked already counts as done.
 *
 * @throws AgentError `AGENT_NOT_ENROLLED`, `AGENT_STATE_UNREADABLE`, `AGENT_RELAY_UNREACHABLE`, `AGENT_RELAY_CERTIFICATE`,
 *   `AGENT_RELAY_ANSWER`, `AGENT_RELAY_SILENT`, `AGENT_RELAY_REFUSES`; the identity is kept then
 */
export async function unregisterAgent(options: UnregisterAgentOptions): Promise<{ agentId: string }> {
  const state = openAgentState(options.stateDirectory);
  const identity = state.identity();
  const relay = new URL(identity.relayUrl);
  const timeoutMs = options.timeoutMs ?? 15_000;
  const direct = options.dial ?? systemDial;
  const done = Promise.withResolvers<void>();
  let link: RelayLink | undefined;
  const timer = setTimeout(() => done.reject(new AgentError('AGENT_RELAY_SILENT', 'The relay did not confirm in time.', { retryable: true, remedy: 'Try again; a relay of an older version cannot do this.' })), timeoutMs);
  try {
    link = await openRelayLink({
      host: relay.hostname.replace(/^\[|\]$/g, ''),
      port: Number(relay.port || '443'),
      dial: options.proxy === undefined ? direct : dialThroughProxy(options.proxy, direct),
      certificate: identity.certificate,
      privateKey: identity.privateKey,
      hello: () => ({ type: 'hello', version: agentVersion, machineName: hostname(), capabilities: [] }),
      connectTimeoutMs: timeoutMs,
      onMessage(message, opened) {
        if (message.type === 'welcome') opened.send({ type: 'unregister' });
        else if (message.type === 'refused' && message.code === 'RELAY_AGENT_REVOKED') done.resolve();
        else if (message.type === 'refused') done.reject(new AgentError('AGENT_RELAY_REFUSES', message.message, { facts: { code: message.code }, ...(message.remedy === undefined ? {} : { remedy: message.remedy }) }));
      },
      onStream: (stream) => stream.reset(errorCodes.refusedStream),
      onClosed: (_, error) => done.reject(error ?? new AgentError('AGENT_RELAY_SILENT', 'The relay closed the link before it confirmed.', { retryable: true, remedy: 'Try again; a relay of an older version cannot do this.' })),
      ...(options.ca === undefined ? {} : { ca: [options.ca].flat() }),
    });
    await done.promise;
  } finally {
    clearTimeout(timer);
    link?.destroy();
  }
  state.remove();
  return { agentId: identity.agentId };
}
