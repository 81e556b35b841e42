import { childText, findChild, findChildren } from '../../xml/index.ts';
import type { SoapEnvelope } from '../../xml/index.ts';
import { autodiscoverNamespace as namespace } from './autodiscover-namespaces.ts';

/** A request as far as it could be read; `invalid` is answered with ErrorCode InvalidRequest. */
export type AutodiscoverRequest =
  | { operation: 'GetUserSettings'; users: readonly string[]; settings: readonly string[] }
  | { operation: 'GetFederationInformation'; domain: string }
  | { operation: 'GetOrganizationRelationshipSettings'; domains: readonly string[] }
  | { operation: 'GetDomainSettings'; domains: readonly string[]; settings: readonly string[] }
  | { operation: 'GetUserSettings' | 'GetDomainSettings' | 'GetFederationInformation' | 'GetOrganizationRelationshipSettings'; invalid: string };

/** Users in one request. Exchange's own limit is *unverified*; the EWS Managed API splits at 100. */
const maximumUsers = 100;
const maximumSettings = 500;
/** What one relationship holds. */
const maximumDomains = 238;

/** Reads the body's element; undefined for one that is no operation here. */
export function readAutodiscoverRequest(envelope: SoapEnvelope): AutodiscoverRequest | undefined {
  const [element] = envelope.body;
  if (element === undefined || element.namespace !== namespace || envelope.body.length > 1) return undefined;
  const operation = operationOf(element.local);
  if (operation === undefined) return undefined;
  if (!hasVersion(envelope)) return { operation, invalid: 'The RequestedServerVersion header is missing or empty.' };
  const request = findChild(element, namespace, 'Request');
  if (request === undefined) return { operation, invalid: 'The request has no Request element.' };
  if (operation === 'GetFederationInformation') {
    const domain = childText(request, namespace, 'Domain') ?? '';
    return domain === '' ? { operation, invalid: 'The request names no domain.' } : { operation, domain };
  }
  if (operation === 'GetOrganizationRelationshipSettings') {
    const list = findChild(request, namespace, 'Domains');
    const domains = list === undefined ? [] : findChildren(list, namespace, 'Domain').map((domain) => domain.text.trim());
    return domains.length === 0 || domains.length > maximumDomains ? { operation, invalid: `The request must name 1 to ${maximumDomains} domains.` } : { operation, domains };
  }
  const settings = findChild(request, namespace, 'RequestedSettings');
  const names = settings === undefined ? [] : findChildren(settings, namespace, 'Setting').map((setting) => setting.text.trim());
  if (operation === 'GetDomainSettings') {
    const list = findChild(request, namespace, 'Domains');
    const domains = list === undefined ? [] : findChildren(list, namespace, 'Domain').map((domain) => domain.text.trim());
    if (domains.length === 0 || domains.length > maximumUsers) return { operation, invalid: `The request must name 1 to ${maximumUsers} domains.` };
    if (names.length === 0 || names.length > maximumSettings) return { operation, invalid: `The request must name 1 to ${maximumSettings} settings.` };
    return { operation, domains, settings: [...new Set(names)] };
  }
  const users = findChild(request, namespace, 'Users');
  const addresses = users === undefined ? [] : findChildren(users, namespace, 'User').map((user) => childText(user, namespace, 'Mailbox') ?? '');
  if (addresses.length === 0) return { operation, invalid: 'The request names no user.' };
  if (addresses.length > maximumUsers) return { operation, invalid: `The request names more than ${maximumUsers} users.` };
  if (names.length === 0) return { operation, invalid: 'The request names no setting.' };
  if (names.length > maximumSettings) return { operation, invalid: `The request names more than ${maximumSettings} settings.` };
  return { operation, users: addresses, settings: [...new Set(names)] };
}

const operations = ['GetUserSettings', 'GetDomainSettings', 'GetFederationInformation', 'GetOrganizationRelationshipSettings'] as const;

function operationOf(local: string): AutodiscoverRequest['operation'] | undefined {
  return operations.find((operation) => local === `${operation}RequestMessage`);
}

/** The header must be there ([MS-OXWSADISC] §2.2.3); which versions it names does not change what is served here. */
function hasVersion(envelope: SoapEnvelope): boolean {
  return envelope.header.some((block) => block.namespace === namespace && block.local === 'RequestedServerVersion' && block.text.trim() !== '');
}
