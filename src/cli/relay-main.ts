// The relay as a program of its own: what `npm run build:relay` makes one file of.
import manifest from '../../package.json' with { type: 'json' };
import { runProgram } from '../service/index.ts';
import { createRelayCommand } from './commands/relay/create-relay-command.ts';

const command = createRelayCommand('hybridge-relay', process, (code) => (process.exitCode = code)).version(manifest.version);
await runProgram(command, process.argv.slice(2), process);
