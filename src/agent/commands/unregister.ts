import { errorCode, noAccessLog, silentLog } from '../../foundation/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { exitCodes } from '../../service/index.ts';
import { openAgentState } from '../identity/agent-state.ts';
import { unregisterAgent } from '../identity/unregister-agent.ts';
import type { AgentPlace } from './agent-configuration.ts';
import { agentOptions, loadAgentConfiguration } from './agent-configuration.ts';

export interface UnregisterOptions extends AgentPlace {
  /** Forget the identity even where the relay cannot be told. */
  force?: boolean;
  json?: boolean;
}

/** `agent unregister`. Returns the exit code: 0, or 1 when only this machine has forgotten the agent. */
export async function unregister(options: UnregisterOptions, { stdout, env }: Surroundings): Promise<number> {
  const configuration = loadAgentConfiguration(options, env);
  const agent = agentOptions(configuration, { log: silentLog, accessLog: noAccessLog });
  const directory = agent.stateDirectory;
  const state = openAgentState(directory);
  const { agentId } = state.identity();
  const say = (told: boolean, text: string): void => void stdout.write(options.json === true ? `${JSON.stringify({ agentId, relayTold: told })}\n` : `${text}\n`);
  try {
    await unregisterAgent(agent);
    say(true, `Agent ${agentId} is unregistered: the relay has revoked it, and its key is deleted here.`);
    return exitCodes.ok;
  } catch (error) {
    if (options.force !== true) throw error;
    state.remove();
    say(false, `The key of agent ${agentId} is deleted here. The relay could not be told (${errorCode(error) ?? 'unknown'}): revoke the agent there (hybridge relay agents revoke ${agentId}).`);
    return exitCodes.negative;
  }
}
