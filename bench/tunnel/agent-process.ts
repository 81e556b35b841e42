// An agent in a process of its own: enrols, then serves with access log, log file and operators' listener.
import { join } from 'node:path';
import { enrollAgent, startAgent } from '../../src/agent/index.ts';
import { createLog, logFile, openAccessLog, systemDial } from '../../src/foundation/index.ts';
import type { Dial } from '../../src/foundation/index.ts';
import { saveMemory } from '../../src/service/index.ts';
import type { AgentSettings } from './settings.ts';

saveMemory();
const settings = JSON.parse(process.argv[2] ?? '') as AgentSettings;
const { directory, ca, relayUrl, token, dialPort } = settings;
const dialRelay: Dial = (_, __, signal) => systemDial('127.0.0.1', dialPort, signal);
await enrollAgent({ relayUrl, token, stateDirectory: join(directory, 'state'), ca, dial: dialRelay });
const accessLog = openAccessLog(join(directory, 'access'), 'agent');
const agent = await startAgent({
  stateDirectory: join(directory, 'state'),
  ca,
  targetCa: ca,
  dial: dialRelay,
  targetDial: (_, port, signal) => systemDial('127.0.0.1', port, signal),
  log: createLog('agent', { destination: logFile(join(directory, 'agent.log')) }),
  accessLog,
});
await agent.ready();
process.on('message', (message) => {
  if (message !== 'stop') return;
  void agent.close().then(async () => {
    await accessLog.close();
    process.disconnect();
  });
});
process.send?.('ready');
