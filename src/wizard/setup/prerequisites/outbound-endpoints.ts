import { errorText } from '../../../foundation/index.ts';
import type { Prerequisite } from './prerequisite.ts';

/** On-premises servers call the cloud themselves; what can be tried from here says what a firewall lets out. */
export const outboundEndpoints: Prerequisite = {
  id: 'outbound',
  title: 'Outbound HTTPS',
  async check({ settings, connect }) {
    if (connect === undefined) return { outcome: 'unknown', found: 'Nothing was tried.', remedy: 'From each server: Test-NetConnection outlook.office365.com -Port 443.' };
    const urls = [settings.cloudDiscoveryEndpoint, settings.acsMetadataUrl, settings.evoStsMetadataUrl, ...(settings.freeBusy === 'oauth' ? [] : [settings.gatewayMetadataUrl])];
    const failures: string[] = [];
    const hosts = new Map(urls.flatMap((url) => {
      const { hostname = '', port = '' } = URL.parse(url) ?? {};
      return hostname === '' ? [] : [[`${hostname}:${port || '443'}`, { hostname, port: Number(port) || 443 }] as const];
    }));
    for (const [name, { hostname, port }] of hosts) await connect(hostname, port).catch((error: unknown) => void failures.push(`${name}: ${errorText(error)}`));
    if (failures.length > 0) return { outcome: 'failed', found: failures.join('; '), remedy: 'Open outbound TCP 443 to these hosts for every Exchange server and this machine, and set InternetWebProxy where a proxy is between.' };
    return { outcome: 'met', found: `${[...hosts.keys()].join(', ')} from this machine` };
  },
};
