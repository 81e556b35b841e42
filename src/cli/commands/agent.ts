import type { Command } from 'commander';
import { createAgentCommand } from '../../agent/index.ts';
import type { Surroundings } from '../../service/index.ts';

/** `hybridge agent`: the commands of the agent itself, and those that need more than the agent. */
export function createAgentCommandLine(surroundings: Surroundings, finished: (exitCode: number) => void): Command {
  return createAgentCommand('hybridge agent', surroundings, finished);
}
