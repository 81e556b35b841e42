import type { ShellValue } from './values.ts';

/**
 * Properties of texts that are objects in Exchange's own shell, and that scripts read there: addresses on the web
 * (System.Uri), mail addresses (SmtpAddress) and proxy addresses (`SMTP:…`, ProxyAddress). Undefined for every other text.
 */
export function textProperty(text: string, wanted: string): ShellValue | undefined {
  if (/^https?:\/\//i.test(text)) return urlProperty(text, wanted);
  const [, prefix, address = text] = /^(smtp|x500|sip|x400):(.+)$/i.exec(text) ?? [];
  if (prefix !== undefined) {
    const own = proxyProperties(text, prefix, address)[wanted];
    if (own !== undefined) return own;
  }
  const at = address.lastIndexOf('@');
  if (at < 1 || /\s/.test(address)) return undefined;
  if (wanted === 'local') return address.slice(0, at);
  if (wanted === 'domain') return address.slice(at + 1);
  return wanted === 'address' ? address : undefined;
}

function proxyProperties(text: string, prefix: string, address: string): Readonly<Record<string, ShellValue>> {
  return { prefixstring: prefix.toUpperCase(), addressstring: address, smtpaddress: /^smtp$/i.test(prefix) ? address : null, proxyaddressstring: text, isprimaryaddress: prefix === prefix.toUpperCase() };
}

function urlProperty(text: string, wanted: string): ShellValue | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  const known: Readonly<Record<string, ShellValue>> = { absoluteuri: url.href, originalstring: text, host: url.hostname, dnssafehost: url.hostname, authority: url.host, scheme: url.protocol.slice(0, -1), absolutepath: url.pathname, localpath: url.pathname, pathandquery: url.pathname + url.search, query: url.search, port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port), isabsoluteuri: true };
  return known[wanted];
}
