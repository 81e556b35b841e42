import type { AutodiscoverServiceOptions, AutodiscoverUrls } from '../ews/index.ts';
import type { Organization } from '../organization/index.ts';
import { bareSmtpAddress, isSmtpAddress, smtpDomainOf } from '../organization/index.ts';

export interface AutodiscoverJsonOptions {
  organization: Organization;
  urls: AutodiscoverServiceOptions['urls'];
}

/** An answer to Autodiscover version 2. */
export interface AutodiscoverJsonAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** Answers `GET /autodiscover/autodiscover.json?Email=…&Protocol=…`, which asks for one address without signing in. `host` is the one that was called. */
export type AutodiscoverJson = (target: string, host: string) => Promise<AutodiscoverJsonAnswer>;

/** The protocols that are answered, in their published spelling. */
const protocols = ['ActiveSync', 'AutodiscoverV1', 'Ews'] as const;
type Protocol = (typeof protocols)[number];

/** A client that has been sent on this often is sent no further: two organisations may point at each other. */
const maximumRedirects = 10;

/**
 * Autodiscover version 2: one anonymous question, one address. A person of the other organisation is answered with a 302
 * to that side's own `autodiscover.json`, under the address that the person has there; where that is, the enabled
 * intra-organization connector says. Anybody of an accepted domain who is not known to be elsewhere is answered like a
 * mailbox here: strangers do not learn who has one. Query, members and redirects as in Microsoft's pages on hybrid modern
 * authentication for Outlook mobile; the error codes and their texts are *unverified*.
 */
export function createAutodiscoverJson(options: AutodiscoverJsonOptions): AutodiscoverJson {
  const { configuration, directory } = options.organization;

  const elsewhere = async (email: string, protocol: Protocol, count: number): Promise<string | undefined> => {
    const external = (await directory.resolve(email))?.externalEmailAddress;
    if (external === undefined || count >= maximumRedirects) return undefined;
    const target = bareSmtpAddress(external);
    const domain = smtpDomainOf(target);
    const connector = (await configuration.list('IntraOrganizationConnector')).find(({ properties }) => properties.Enabled && properties.TargetAddressDomains.some((name) => name.toLowerCase() === domain));
    const endpoint = connector?.properties.TargetSharingEpr ?? connector?.properties.DiscoveryEndpoint ?? undefined;
    if (endpoint === undefined || !URL.canParse(endpoint)) return undefined;
    const query = new URLSearchParams({ Email: target, Protocol: protocol, RedirectCount: String(count + 1) });
    return `https://${new URL(endpoint).host}/autodiscover/autodiscover.json?${query.toString()}`;
  };

  return async (target, host) => {
    const { email, protocol: wanted, redirects } = readQuestion(target);
    if (wanted === '') return refuse(400, 'MandatoryParameterMissing', "A valid value must be provided for the query parameter 'Protocol'");
    const protocol = protocols.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (protocol === undefined) return refuse(400, 'InvalidProtocol', `The given protocol value '${wanted.replace(/[^\w.-]/g, '').slice(0, 64)}' is invalid. Supported values are '${protocols.join(',')}'`);
    if (!isSmtpAddress(email)) return refuse(400, 'InvalidUserId', "A valid value must be provided for the query parameter 'Email'");
    const location = await elsewhere(email, protocol, redirects);
    if (location !== undefined) return { status: 302, headers: { Location: location }, body: Buffer.alloc(0) };
    const domain = smtpDomainOf(email);
    const isOurs = (await configuration.list('AcceptedDomain')).some(({ properties }) => properties.DomainName.toLowerCase() === domain);
    const url = isOurs ? urlOf(protocol, await options.urls(), host) : undefined;
    if (url === undefined) return refuse(404, 'UserNotFound', 'The given user is not found');
    return answer(200, { Protocol: protocol, Url: url });
  };
}

function urlOf(protocol: Protocol, urls: AutodiscoverUrls, host: string): string | undefined {
  const ews = urls.externalEwsUrl ?? urls.internalEwsUrl;
  if (protocol === 'Ews') return ews;
  if (protocol === 'AutodiscoverV1') return `https://${host}/autodiscover/autodiscover.xml`;
  return ews !== undefined && URL.canParse(ews) ? `https://${new URL(ews).host}/Microsoft-Server-ActiveSync` : undefined;
}

/** The address may also be the end of the path: `/autodiscover/autodiscover.json/v1.0/{address}?Protocol=…`. */
function readQuestion(target: string): { email: string; protocol: string; redirects: number } {
  const { pathname, searchParams } = new URL(target, 'https://premises');
  const query = new Map([...searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const [, inPath = ''] = /\/v1\.0\/([^/]{1,1000})$/i.exec(pathname) ?? [];
  const redirects = Number(query.get('redirectcount') ?? '0');
  return { email: (query.get('email') ?? decoded(inPath)).trim(), protocol: query.get('protocol') ?? '', redirects: Number.isInteger(redirects) && redirects >= 0 ? redirects : maximumRedirects };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

function refuse(status: number, ErrorCode: string, ErrorMessage: string): AutodiscoverJsonAnswer {
  return answer(status, { ErrorCode, ErrorMessage });
}

function answer(status: number, content: unknown): AutodiscoverJsonAnswer {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: Buffer.from(JSON.stringify(content)) };
}
