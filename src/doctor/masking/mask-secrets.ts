import { createHmac, randomBytes } from 'node:crypto';

/** Masks secrets in texts of every kind: logs, headers, form bodies, JSON, XML, PowerShell, PEM. */
export interface SecretMasker {
  /** One line of a file, in order: it remembers keys and XML tokens that go over several lines. */
  line(text: string): string;
  /** A text by itself, line breaks and all. */
  text(text: string): string;
  /** The name that stands for a secret: the same for the same secret under the same key. */
  pseudonym(kind: string, secret: string): string;
}

const secretNames =
  'passwords?|passwor[dt]|kennwort|wachtwoord|contrase(?:ñ|n)a|mot de passe|passwd|pwd|passphrase|client_?secret|shared_?secret|app_?secret|secret|refresh_?token|access_?token|id_?token|actor_?token|bearer_?token|session_?token|security_?token|api_?key|private_?key|assertion|client_?assertion|saml_?response|saml_?request|saml_?art|wresult|device_?code|code_?verifier|auth_?code|sas_?token|x-ms-refreshtokencredential|x-anchormailbox-token|proxy_?password|unlock_?password|one_?time_?token|enrol(?:l)?ment_?token|canary|flow_?token|csrf_?token|request_?verification_?token';
/** These are secrets only under exactly this name. */
const exactNames = 'sig|cadata|cadatakey|cadataiv|cadatasig|cadatattl';

const headerNames = 'proxy-authorization|authorization|cookie|set-cookie2?|x-ms-cookie|x-forwarded-authorization|x-api-key|x-owa-canary|x-ms-refreshtokencredential';

/** A secret ends where its syntax says so. */
const bareValue = String.raw`[^\s&"'<>;,|\\)}\]]+`;

const patterns = {
  /** `Authorization: Bearer …`, also in curl's -H and in JSON's `"authorization":"…"`. */
  header: new RegExp(String.raw`\b(${headerNames})((?:\\?["'])?\s*[:=]\s*(?:\\?["'])?)((?:(?:Bearer|Basic|NTLM|Negotiate|Kerberos|Digest|MSAuth1\.0|PoP|AWS4-HMAC-SHA256)(?:\s+|%20))?)([^\r\n"]+)`, 'gi'),
  /** The scheme at any place. */
  scheme: /\b(Bearer|Basic|NTLM|Negotiate|Kerberos)((?:\s|%20|\+)+)(?=[\w.~+/%-]{12,})(?=[\w.~+/%-]*[\d+/._-])([\w.~+/%-]{12,}={0,2})/gi,
  /** From the beginning of a run of its letters: looked for at each `eyJ`, a run that never ends in a point would be read again and again. */
  jwt: /(?<![\w-])((?:(?!eyJ)[\w-])*)(eyJ[\w-]{6,}\.[\w-]{4,}((?:\.[\w-]*){0,3}))/g,
  /** `"password":"…"`, also within a text of JSON. */
  quoted: new RegExp(String.raw`((?:(?<!\\)\\*["'])(?:[\w.:-]*(?:${secretNames})|${exactNames})(?:\\*["'])\s*:\s*)(\\*["'])((?:(?!\2)[^\\\r\n]|\\.)*)`, 'gi'),
  /** HAR and dumps of headers: `"name":"Cookie","value":"…"`. */
  nameValue: new RegExp(String.raw`("name"\s*:\s*"(?:${headerNames}|${secretNames})"\s*,\s*"value"\s*:\s*")((?:[^"\\]|\\.)*)`, 'gi'),
  /** `password=…`, `$Password = "…"`, `Password : …`. */
  assigned: new RegExp(String.raw`(?<![\w$.-])((?:[\w$.-]{0,64}(?:${secretNames})|${exactNames})\s{0,40}(?:=|:|%3D)\s*)(?:(["'])([^"'\r\n]+)|(${bareValue}))`, 'gi'),
  /** `?code=…` of an authorization answer; the word alone is no secret. */
  code: /([?&](?:code|session_state)=)([^\s&"'<>]{8,})/gi,
  /** `token` alone is often a word of a sentence, unless what follows is long and no word. */
  token: /(?<![\w$.-])(token\\?["']?\s*[:=]\s*\\?["']?)(?=[\w.~+/-]*\d)([\w.~+/-]{16,}=*)/gi,
  /** `-Password …`, `--password …`, `ConvertTo-SecureString "…"`, `curl -u name:…`. */
  parameter: new RegExp(String.raw`((?:^|[\s(;|])(?:--?\w{0,40}(?:${secretNames.replaceAll('_?', '[_-]?')})|ConvertTo-SecureString(?:\s+-String)?)(?:\s+|:|=))(?!-)(?:(["'])([^"'\r\n]+)|([^\s"'()$|;]+))`, 'gi'),
  curlUser: /(\s(?:-u|--user|--proxy-user)(?:\s+|=)["']?[^\s:"']+:)([^\s"']+)/g,
  /** `the password is Summer2026!`, `das Kennwort lautet …`: in a sentence what is no word, with letters and with digits or signs. */
  prose: /(\b(?:password|passphrase|passwort|kennwort|wachtwoord|contraseña|mot de passe|pwd|pass)\b(?:[ \t]{1,5}(?!is\b|was\b|ist\b|lautet\b|est\b|es\b|to\b)[\p{L}\p{N}@._-]{1,40}){0,4}(?:[ \t]{1,5}(?:is|was|ist|war|lautet|est|es|to|on|now|jetzt|still|noch|set|reset|changed|geändert|gesetzt|zu|auf)(?=[ \t:])|[ \t]{0,5}[:=]){1,3}[ \t]{1,5}["'“„‘«]?)(?!AADSTS|HCW\d|0x|https?:|MASKED-)(?=\S{0,64}[\d!$%&#?*@^+=~§])(?=\S{0,64}\p{L})([^\s"”“’«»]{5,64}[^\s"”“’«».,;:)])/giu,
  /** `net user name password`, `cmdkey /pass:…`, `psexec … -p …`. */
  netUser: /(\bnet1?(?:\.exe)?\s{1,5}user\s{1,5}[\w.\\$-]{1,64}\s{1,5})(?![/*])(\S+)/gi,
  passOption: /((?:\/pass(?:word)?:|\bpsexec(?:64)?(?:\.exe)?\s[^\r\n]{0,200}\s-p\s{1,5}))(\S+)/gi,
  url: /(\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/:@"'<>]{1,256}:)([^\s/@"'<>]{1,256})(?=@)/gi,
  /** `net use … /user:name …`. */
  netUse: /(\/user:\S{1,256}\s{1,10})(?![/\s])(\S+)/gi,
  /** `<S N="ClientSecret">…`, `<parameter name="Password">…`; what Clixml encrypts may have any name. */
  namedElement: new RegExp(String.raw`(<(?:SS(?:\s[^<>]{0,500})?|[\w.:-]{1,80}\s[^<>]{0,500}?\b(?:N|name|key|id)\s{0,5}=\s{0,5}\\?["'](?:[\w.:-]{0,64}(?:${secretNames})|${exactNames})\\?["'](?:\s[^<>]{0,500})?)>)([^<]+)`, 'gi'),
  /** `<input name="SAMLResponse" value="…">`, `<add key="Password" value="…"/>`, in either order. */
  namedValue: new RegExp(String.raw`(\b(?:N|name|key|id)\s{0,5}=\s{0,5}\\?["'](?:[\w.:-]{0,64}(?:${secretNames})|${exactNames})\\?["'][^<>]{0,500}?\bvalue\s{0,5}=\s{0,5}\\?["'])([^"'<>\\]+)`, 'gi'),
  valueNamed: new RegExp(String.raw`(\bvalue\s{0,5}=\s{0,5}\\?["'])([^"'<>\\]{1,65536})(?=\\?["'][^<>]{0,500}?\b(?:N|name|key|id)\s{0,5}=\s{0,5}\\?["'](?:[\w.:-]{0,64}(?:${secretNames})|${exactNames})\\?["'])`, 'gi'),
  element: new RegExp(String.raw`(<(?:[\w.-]+:)?(?:${secretNames}|BinarySecurityToken|RequestedSecurityToken|EncryptedData|CipherValue|BinarySecret|SignatureValue)(?:\s[^<>]*)?>)([^<]+)`, 'gi'),
} as const;

const secretName = new RegExp(`^(?:[\\w.:-]*(?:${secretNames})|${exactNames}|${headerNames})$`, 'i');

/** Whether a property, parameter or header of this name is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

const blockStart = /-----BEGIN [A-Z ]*PRIVATE KEY-----|<(?:[\w.-]+:)?(Assertion|EncryptedAssertion|EncryptedData|BinarySecurityToken|RequestedSecurityToken|RequestedProofToken)(?=[\s>])[^<>]*(?<!\/)>/;
/** What stands on a line is looked at only where one of these words does: most lines hold no secret. */
const promising = /eyJ|auth|cookie|secret|pass|kennwort|wachtwoord|contrase|psexec|net1?(?:\.exe)? +user|pwd|token|assert|saml|bearer|basic|ntlm|negotiate|kerberos|key|code|wresult|sig|canary|cadata|cipher|secur|:\/\/|-u |--user|\/user:|<SS[ >]/i;

/**
 * @param key Pseudonyms are keyed by it, so that nobody can try out passwords against them; by default one that nobody
 * knows and that ends with the process. The same key gives the same pseudonyms.
 */
export function createSecretMasker(key: Uint8Array = randomBytes(32)): SecretMasker {
  const pseudonym = (kind: string, secret: string): string => `MASKED-${kind}-${createHmac('sha256', key).update(secret).digest('hex').slice(0, 10)}`;
  const isMasked = (value: string): boolean => /^(?:MASKED-|\*{3,}$|System\.Security\.SecureString|\$null$|null$|true$|false$)/i.test(value);
  const put = (kind: string, secret: string): string => (secret === '' || isMasked(secret) ? secret : pseudonym(kind, secret));
  const within = (text: string): string => {
    if (!promising.test(text)) return text;
    return text
      .replaceAll(patterns.jwt, (whole, before: string, token: string, more: string) => (/\w$/.test(before) && more === '' ? whole : `${before}${put('token', token)}`))
      .replaceAll(patterns.header, (_, name: string, between: string, scheme: string, value: string) => `${name}${between}${scheme}${headerValue(name, value)}`)
      .replaceAll(patterns.scheme, (whole, scheme: string, blank: string, value: string) => (isMasked(value) ? whole : `${scheme}${blank}${put('token', value)}`))
      .replaceAll(patterns.nameValue, (_, head: string, value: string) => `${head}${put('secret', value)}`)
      .replaceAll(patterns.quoted, (_, head: string, quote: string, value: string) => `${head}${quote}${put('secret', value)}`)
      .replaceAll(patterns.parameter, (_, head: string, quote: string | undefined, quoted: string | undefined, bare: string | undefined) => `${head}${quote ?? ''}${put('secret', quoted ?? bare ?? '')}`)
      .replaceAll(patterns.assigned, (_, head: string, quote: string | undefined, quoted: string | undefined, bare: string | undefined) => `${head}${quote ?? ''}${put('secret', quoted ?? bare ?? '')}`)
      .replaceAll(patterns.token, (_, head: string, value: string) => `${head}${put('token', value)}`)
      .replaceAll(patterns.code, (_, head: string, value: string) => `${head}${put('code', value)}`)
      .replaceAll(patterns.curlUser, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.prose, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.netUser, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.passOption, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.url, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.netUse, (_, head: string, value: string) => `${head}${put('password', value)}`)
      .replaceAll(patterns.namedElement, (_, head: string, value: string) => `${head}${value.trim() === '' ? value : put('secret', value)}`)
      .replaceAll(patterns.namedValue, (_, head: string, value: string) => `${head}${put('secret', value)}`)
      .replaceAll(patterns.valueNamed, (_, head: string, value: string) => `${head}${put('secret', value)}`)
      .replaceAll(patterns.element, (_, head: string, value: string) => `${head}${value.trim() === '' ? value : put('secret', value)}`);
  };
  // The names of cookies tell which device or server set them, and are no secret.
  const headerValue = (name: string, value: string): string => {
    if (!/cookie/i.test(name)) return isMasked(value) ? value : put('token', value.trim());
    return value.replaceAll(/(?<![^\s=;,])([^\s=;,]+)=([^;\s]*)/g, (whole, cookie: string, content: string) => (/^(?:path|domain|expires|max-age|samesite|secure|httponly)$/i.test(cookie) ? whole : `${cookie}=${put('cookie', content)}`));
  };

  let blockEnd: string | undefined;
  const line = (text: string): string => {
    if (blockEnd !== undefined) {
      const end = text.indexOf(blockEnd);
      if (end === -1) return text.trim() === '' ? text : pseudonym('block', text.trim());
      const rest = text.slice(end);
      blockEnd = undefined;
      return `${pseudonym('block', text.slice(0, end))}${line(rest)}`;
    }
    const start = text.includes('-----BEGIN') || text.includes('<') ? blockStart.exec(text) : null;
    if (start === null) return within(text);
    const from = start.index + start[0].length;
    const end = start[1] === undefined ? '-----END' : closingOf(start[0]);
    const at = text.indexOf(end, from);
    if (at === -1) {
      blockEnd = end;
      return `${within(text.slice(0, start.index))}${start[0]}${text.length > from ? pseudonym('block', text.slice(from)) : ''}`;
    }
    return `${within(text.slice(0, start.index))}${start[0]}${put('block', text.slice(from, at))}${text.slice(at, at + end.length)}${line(text.slice(at + end.length))}`;
  };
  return {
    line,
    text: (text) => {
      const before = blockEnd;
      blockEnd = undefined;
      const masked = text.split('\n').map(line).join('\n');
      blockEnd = before;
      return masked;
    },
    pseudonym,
  };
}

function closingOf(opening: string): string {
  return `</${/^<([\w.:-]+)/.exec(opening)?.[1] ?? ''}>`;
}
