import { addressPolicyKinds } from './address-policy-kinds.ts';
import { authCertificateTime } from './auth-certificate-time.ts';
import { clocks } from './clocks.ts';
import { directorySynchronization } from './directory-synchronization.ts';
import { hostNames } from './host-names.ts';
import { mailFlow } from './mail-flow.ts';
import { mapiOverHttp } from './mapi-over-http.ts';
import { mrsProxyOn } from './mrs-proxy-on.ts';
import { nameClash } from './name-clash.ts';
import { outboundEndpoints } from './outbound-endpoints.ts';
import type { Prerequisite, PrerequisiteFacts, PrerequisiteResult } from './prerequisite.ts';
import { serverVersions } from './server-versions.ts';
import { hybridDomains } from './hybrid-domains.ts';
import { sslOffloading } from './ssl-offloading.ts';
import { topologyFits } from './topology-fits.ts';

const prerequisites: readonly Prerequisite[] = [serverVersions, topologyFits, hybridDomains, hostNames, nameClash, addressPolicyKinds, mailFlow, authCertificateTime, mrsProxyOn, clocks, outboundEndpoints, sslOffloading, mapiOverHttp, directorySynchronization];

/** Asks everything that must be so before set-up. Changes nothing. */
export async function checkPrerequisites(facts: PrerequisiteFacts): Promise<readonly PrerequisiteResult[]> {
  const results: PrerequisiteResult[] = [];
  for (const { id, title, check } of prerequisites) results.push({ id, title, ...(await check(facts)) });
  return results;
}
