// The agent as a program of its own: what `npm run build:agent` makes one file of.
import { runProgram } from '../service/index.ts';
import { agentVersion } from './agent-version.ts';
import { createAgentCommand } from './commands/create-agent-command.ts';

const command = createAgentCommand('hybridge-agent', process, (code) => (process.exitCode = code)).version(agentVersion);
await runProgram(command, process.argv.slice(2), process);
