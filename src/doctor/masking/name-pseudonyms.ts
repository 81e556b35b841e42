import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { catalogue } from '../knowledge/catalogue.ts';

/** Puts pseudonyms in the place of people, hosts and addresses of an organisation; those of Microsoft stay. */
export interface NamePseudonyms {
  /** Learns the organisation's domains from mail addresses, addresses of Exchange's services, settings and computers in a text, and its servers and accounts from where such names stand. */
  learn(text: string): void;
  replace(text: string): string;
  readonly domains: number;
}

const mostDomains = 20_000;
/** A name is no longer, and has no more labels (RFC 1035 §2.3.4). */
const longestName = 253;
const mostLabels = 128;
/** What belongs to everybody says nothing about anybody. */
const publicDomains =
  /(?:^|\.)(?:microsoft\.com|outlook\.com|office\.com|office365\.com|office\.net|microsoftonline(?:-p)?\.com|windows\.net|msappproxy\.net|azure\.com|live\.com|msocsp\.com|exchangelabs\.com|hotmail\.com|gmail\.com|example|w3\.org|xmlsoap\.org|oasis-open\.org|ietf\.org|onmicrosoft\.com|msftauth\.net|windows\.com|schema\.org)$|^local$/;
/** First labels of host names that every organisation has. */
const usualHosts = /^(?:mail|autodiscover|autodiscover-s|owa|ews|www|legacy|hybrid|outlook|smtp|mx|webmail|exchange|adfs|sts|proxy|relay)$/;
const address = /[\w.+'-]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/gi;
/** Who serves these paths is a server of the organisation, or Microsoft's: `https://mail.contoso.com/EWS/…`, HttpProxy's `,mail.contoso.com,/ews/…`. */
const exchangeHost = /(?<![\w.@-])((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?::\d{1,5})?,?\/(?:ews|owa|ecp|autodiscover|mapi|oab|rpc|powershell|microsoft-server-activesync|metadata)\b/gi;
const computer = /(?:<Computer>|\b(?:Computer|ComputerName|MachineName|PSComputerName|Host) {0,20}: {0,5})((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b/gi;
const namespace = /\bfydibohf25spdlt\.((?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})\b/gi;
const listOfDomains = /\b(?:DomainNames?|TargetAddressDomains|AcceptedDomains?|Domains)\\?["']?\s{0,40}[:=]\s{0,5}(\[[^\]]{0,4000}\]|\{[^}]{0,4000}\}|[^\r\n]{1,400})/gi;
const tenant = /(?<![\w.-])([a-z0-9-]{2,64})((?:\.mail)?\.onmicrosoft\.com)/gi;
const hostName = /(?<![\w.-])[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+(?![\w-])/gi;
const account = /(?<![\w\\:.-])([A-Z][A-Z0-9-]{1,14})(\\{1,2})(?!(?:owa|ecp|mapi|oab|rpc|ews|powershell|autodiscover|calendar|inbox)\b)([a-z][\w.$-]{1,63})/g;
/** An account in any case, of a domain that was learnt, and accounts of computers. */
const anyAccount = /(?<![\w\\:.-])([A-Z][A-Z0-9-]{1,14})(\\{1,2})([A-Za-z][\w.-]{0,62}[\w$])/gi;
/** An account as an option of a command: `/user:CONTOSO\admin`, `-u contoso\admin`. */
const accountOption = /((?:\/u(?:ser)?:|\s-{1,2}(?:u|user|user-?name|credential)[\s:=]\s{0,5}|\bGet-Credential\s{1,5}|\buser(?:name)?\s{0,40}[=:]\s{0,5})["']?)([a-z][\w.-]{0,63})(\\{1,2})([\w.$-]{1,64})/gi;
/** An account under its name, where nothing but it stands there: `user=anna`, `SamAccountName : anna`. A sentence goes on. */
const namedAccount = /((?:\b(?:user(?:name|id)?|sam_?account_?name|run_?as)\\?["']?\s{0,40}[=:]\s{0,5}|\/u(?:ser)?:|\bnet\s{1,5}user\s{1,5})\\?["']?)([a-z][\w.-]{2,63})(?=\\?["']?\s{0,5}(?:$|[,;&}\])\r\n])|\s\S+\s*(?:\/\w+\s*)?$)/gim;
/** Where the bare name of a server stands: headers and columns of Exchange, properties of cmdlets, parameters, virtual directories. */
const bareServer =
  /(?:\b(?:X-FEServer|X-BEServer|X-DiagInfo|X-TargetBEServer|Server(?:Name|HostName|(?=\s))|TargetServer|OriginatingServer|MailboxServer|Computer(?:Name)?|MachineName|PSComputerName|HostName)\\?["']?\s{0,40}[:=]\s{0,5}\\?["']?|<Computer>|-(?:Server|ComputerName|MailboxServer)\s{1,5}["']?|where exception originated: |\[Server=|(?<=^|[\s"'=(])\\{2,4})([a-z][a-z0-9-]{1,62})(?![\w.-]*[.@]\w|[\w/])|(?<![\w\\.-])([a-z][a-z0-9-]{1,14})(?=\\{1,2}(?:owa|ecp|mapi|oab|rpc|ews|powershell|autodiscover|microsoft-server-activesync|default frontend|client frontend)\b)/gi;
/** Exchange Online's own servers: AM6PR04MB1234. */
const cloudServer = /^[a-z]{2}[a-z0-9]pr\d\d[a-z]{2}\d{3,4}$/i;
/** What stands where a server or an account could, and is neither. */
const nobody = /^(?:localhost|local|server|servers|true|false|null|none|unknown|anonymous|system|default|any|all|this|the|and|http|https|microsoft(?:-.*)?|windows|exchange|user|users|name|iis|apache|nginx|kestrel)$/i;
/** `Anna Lindqvist <anna@…>`: at least two words. */
const displayName = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}'’.-]{0,30}(?: [\p{L}'’.-]{1,30}){1,3})"? {0,3}[<(](?:mailto:)?([\w.+'-]{1,64})@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}/gu;
const mostNames = 20_000;
const mostPeople = 500;
/** Words of the published texts: a server that is called so keeps its name, or the copy would say something else. */
const published = catalogue.flatMap(({ texts, translations = [], marks = [] }) => [...texts, ...translations, ...marks].map((text) => text.toLowerCase()));
const publishedWords: ReadonlySet<string> = new Set(published.flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []));
/** Of somebody whom an error gives as an example. */
const publishedAddresses: ReadonlySet<string> = new Set(published.flatMap((text) => text.match(address) ?? []));
const word = /(?<![\p{L}\p{N}_@.-])[a-z][a-z0-9._-]{2,63}(?<![.-])(?!\w|@|-\w|\.\w)/giu;

const ipv4 = /(?<![\w.]|[A-Za-z]\/)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]*\d)/g;
const ipv6 = /(?<![\w:.])[0-9a-f:]{3,39}(?![\w:])/gi;

/** @param key As for the masker of secrets: the same key gives the same pseudonyms. */
export function createNamePseudonyms(key: Uint8Array = randomBytes(32)): NamePseudonyms {
  const domains = new Set<string>();
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text.toLowerCase()).digest();
  const short = (text: string): string => digest(text).toString('hex').slice(0, 8);
  const learnDomain = (domain: string): void => {
    if (domains.size < mostDomains && !publicDomains.test(domain)) domains.add(domain);
  };
  const netBiosNames = new Set<string>();
  /** In lower case, with what stands for them. */
  const bareNames = new Map<string, string>();
  /** By the names that mail programs show. */
  const people = new Map<string, string>();
  const fullNames = new Set<string>();
  const learnBare = (name: string, kind: 'host' | 'user'): void => {
    const known = name.toLowerCase();
    if (bareNames.size >= mostNames || known.length < 3 || nobody.test(known) || usualHosts.test(known) || cloudServer.test(known) || publishedWords.has(known) || /^(?:host|user|dom|tenant|masked)-/.test(known)) return;
    if (!bareNames.has(known)) bareNames.set(known, `${kind}-${short(known)}`);
  };
  /** A person's name may be a word (`info`); with a digit, a point or a hyphen in it it is none. */
  const learnUser = (user: string): void => {
    if (/[\d._-]/.test(user) && user.length >= 5) learnBare(user.replace(/\$$/, ''), 'user');
  };
  /** Of a host name what the organisation's other hosts share with it: without its first label, unless a public suffix is left (`contoso.co.uk`). */
  const learnHost = (host: string): void => {
    const labels = host.toLowerCase().split('.');
    const [, second = '', last = ''] = labels;
    const isDomain = labels.length < 3 || (labels.length === 3 && last.length === 2 && second.length <= 3 && !usualHosts.test(labels[0] ?? ''));
    learnDomain((isDomain ? labels : labels.slice(1)).join('.'));
  };
  /** The account of a computer is called as the computer is. */
  const accountFor = (user: string): string => (user.endsWith('$') ? `host-${short(user.slice(0, -1))}$` : `user-${short(user)}`);
  const hostFor = (host: string): string => {
    const labels = host.toLowerCase().split('.');
    for (let at = Math.max(0, labels.length - mostLabels); at < labels.length - 1; at++) {
      const domain = labels.slice(at).join('.');
      if (!domains.has(domain)) continue;
      const front = labels.slice(0, at).map((label) => (usualHosts.test(label) ? label : `host-${short(label)}`));
      return [...front, `domain-${short(domain)}`, 'example'].join('.');
    }
    return host;
  };
  const address6 = (text: string): string => (text.split(':').length < 3 || text === '::1' || text === '::' || !isIPv6(text) ? text : `fd00::${digest(text).toString('hex').slice(0, 4)}:${digest(text).toString('hex').slice(4, 8)}`);
  const address4 = (text: string): string => (/^(?:127\.|0\.0\.0\.0|255\.)/.test(text) ? text : `10.${[...digest(text).subarray(0, 3)].join('.')}`);
  return {
    learn(text) {
      for (const found of text.includes('@') ? (text.match(address) ?? []) : []) {
        if (publishedAddresses.has(found.toLowerCase())) continue;
        const at = found.lastIndexOf('@');
        learnDomain(found.slice(at + 1).toLowerCase());
        if (!publicDomains.test(found.slice(at + 1).toLowerCase())) learnUser(found.slice(0, at));
      }
      if (text.includes('@')) for (const [, name = '', user = ''] of text.matchAll(displayName)) if (people.size < mostPeople && !name.split(' ').every((part) => publishedWords.has(part.toLowerCase()))) people.set(name, `user-${short(user)}`);
      for (const pattern of [exchangeHost, computer]) for (const [, host = ''] of text.matchAll(pattern)) learnHost(host);
      for (const [, server, ofDirectory] of text.matchAll(bareServer)) learnBare(server ?? ofDirectory ?? '', 'host');
      // A server by its full name: elsewhere its first label may stand alone. One of letters only may be any word.
      for (const host of text.match(hostName) ?? []) if (fullNames.size < mostNames && host.length <= longestName && /^[a-z][a-z0-9]*[\d-]/i.test(host)) fullNames.add(host.toLowerCase());
      for (const [, , user = ''] of text.matchAll(namedAccount)) learnUser(user);
      for (const [, , domain = '', , user = ''] of text.matchAll(accountOption)) {
        netBiosNames.add(domain.toLowerCase());
        learnUser(user);
      }
      for (const [, domain = ''] of text.matchAll(namespace)) learnDomain(domain.toLowerCase());
      for (const [, list = ''] of text.matchAll(listOfDomains)) for (const domain of list.match(hostName) ?? []) if (/\.[a-z]{2,24}$/i.test(domain)) learnDomain(domain.toLowerCase());
      if (!text.includes('\\')) return;
      for (const [, name = ''] of text.matchAll(account)) netBiosNames.add(name.toLowerCase());
      for (const [, name = '', , user = ''] of text.matchAll(anyAccount)) {
        if (!user.endsWith('$')) continue;
        netBiosNames.add(name.toLowerCase());
        learnBare(user.slice(0, -1), 'host');
      }
    },
    replace(text) {
      for (const host of fullNames) {
        const labels = host.split('.');
        if (labels.some((_, at) => at > 0 && domains.has(labels.slice(at).join('.')))) learnBare(labels[0] ?? '', 'host');
      }
      fullNames.clear();
      let replaced = text;
      if (text.includes('@')) {
        replaced = replaced.replaceAll(address, (found) => {
          if (publishedAddresses.has(found.toLowerCase())) return found;
          const at = found.lastIndexOf('@');
          const domain = found.slice(at + 1).toLowerCase();
          learnDomain(domain);
          return `user-${short(found.slice(0, at))}@${hostFor(domain)}`;
        });
      }
      if (/user|run_?as|account| -u/i.test(replaced)) {
        replaced = replaced
          .replaceAll(accountOption, (whole, before: string, domain: string, sign: string, user: string) => (/^dom-/i.test(domain) ? whole : `${before}DOM-${short(domain)}${sign}${accountFor(user)}`))
          .replaceAll(namedAccount, (whole, before: string, user: string) => (nobody.test(user) || publishedWords.has(user.toLowerCase()) || /^(?:user|masked)-/i.test(user) ? whole : `${before}user-${short(user)}`));
      }
      if (replaced.includes('\\')) replaced = replaced.replaceAll(account, (_, domain: string, sign: string, user: string) => `DOM-${short(domain)}${sign}${accountFor(user)}`).replaceAll(anyAccount, (whole, domain: string, sign: string, user: string) => (netBiosNames.has(domain.toLowerCase()) ? `DOM-${short(domain)}${sign}${accountFor(user)}` : whole));
      for (const [name, pseudonym] of people) replaced = replaced.replaceAll(name, pseudonym);
      if (bareNames.size > 0) replaced = replaced.replaceAll(word, (found) => bareNames.get(found.toLowerCase()) ?? found);
      if (!replaced.includes('.') && !replaced.includes(':')) return replaced;
      return replaced
        .replaceAll(tenant, (whole, name: string, rest: string) => (name.startsWith('tenant-') ? whole : `tenant-${short(name)}${rest}`))
        .replaceAll(hostName, hostFor)
        .replaceAll(ipv4, address4)
        .replaceAll(ipv6, address6);
    },
    get domains() {
      return domains.size;
    },
  };
}
