// An agent in a process of its own, to be killed: state directory and CA file are its arguments.
import { readFileSync } from 'node:fs';
import { startAgent } from '../../../src/agent/index.ts';
import { systemDial } from '../../../src/foundation/index.ts';

const [, , stateDirectory = '', caFile = ''] = process.argv;
const ca = readFileSync(caFile, 'utf8');
const agent = await startAgent({ stateDirectory, ca, targetCa: ca, dial: (_, port, signal) => systemDial('127.0.0.1', port, signal), pingIntervalMs: 200 });
await agent.ready();
process.send?.('ready');
