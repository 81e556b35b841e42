import { AgentError } from './agent-error.ts';

/**
 * The origin of an address that somebody typed; `https://` may be left out.
 *
 * @throws AgentError `AGENT_ADDRESS_INVALID`
 */
export function checkServerUrl(typed: string): string {
  const url = URL.parse(typed.includes('://') ? typed : `https://${typed}`);
  if (url?.protocol === 'https:' && url.hostname !== '' && url.username === '' && url.password === '') return url.origin;
  throw new AgentError('AGENT_ADDRESS_INVALID', 'This is not the address of a server.', { facts: { typed }, remedy: 'Write https://host[:port].' });
}
