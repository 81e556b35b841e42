// The relay in a process of its own, as an operator would run it: access log in both forms, log file, metrics, limits.
import { join } from 'node:path';
import { createLog, logFile, openAccessLog } from '../../src/foundation/index.ts';
import { startRelay } from '../../src/relay/index.ts';
import { saveMemory } from '../../src/service/index.ts';
import type { RelaySettings } from './settings.ts';

saveMemory();
const settings = JSON.parse(process.argv[2] ?? '') as RelaySettings;
const logs = logFile(join(settings.directory, 'relay.log'));
const accessLog = openAccessLog(join(settings.directory, 'relay-access'), 'relay');
const relay = await startRelay({
  stateDirectory: join(settings.directory, 'relay'),
  domains: ['relay.test'],
  certificates: [settings.certificate],
  admin: { key: settings.adminKey },
  // One address makes all the connections here; the limiter works, with room for them.
  connectionLimits: { perSecond: 1e6, burst: 1e6, concurrent: 1e6 },
  log: createLog('relay', { destination: logs }),
  accessLog,
});
process.on('message', (message) => {
  if (message === 'memory') {
    (globalThis as { gc?: () => void }).gc?.();
    process.send?.({ rss: process.memoryUsage.rss() });
  }
  if (message === 'stop') {
    void relay.close().then(async () => {
      await accessLog.close();
      process.disconnect();
    });
  }
});
process.send?.({ port: relay.port, adminUrl: relay.urls.admin });
