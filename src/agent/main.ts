// The agent as a program of its own: what `npm run build:agent` makes one file of.
import { CommanderError } from 'commander';
import { describeError, exitCodeOf, exitCodes } from '../service/index.ts';
import { agentVersion } from './agent-version.ts';
import { createAgentCommand } from './commands/create-agent-command.ts';

const command = createAgentCommand('hybridge-agent', process, (code) => (process.exitCode = code)).version(agentVersion);
try {
  await command.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  else {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
