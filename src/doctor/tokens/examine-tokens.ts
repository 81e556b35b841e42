import { decodeTokens, timeOf } from '../evidence/readers/read-tokens.ts';

/** A pasted token: what it says, and what of that matters to Exchange. Never its signature. */
export interface ExaminedToken {
  /** `encrypted` (JWE) and `opaque` ones say nothing to anybody but those they are for. */
  kind: 'signed' | 'encrypted' | 'opaque';
  header: Readonly<Record<string, unknown>>;
  claims: Readonly<Record<string, unknown>>;
  judgements: readonly TokenJudgement[];
}

export interface TokenJudgement {
  isWrong: boolean;
  text: string;
}

type Claims = ExaminedToken['claims'];

/** Client and resource applications of Microsoft's, by their published ids. */
const applications: Readonly<Record<string, string>> = {
  '00000002-0000-0ff1-ce00-000000000000': 'Office 365 Exchange Online',
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph',
  'd3590ed6-52b3-4102-aeff-aad2292ab01c': 'Microsoft Office',
  '27922004-5251-4030-b22d-91ecd9a37ea4': 'Outlook Mobile',
  '14d82eec-204b-4c2f-b7e8-296a70dab67e': 'Microsoft Graph PowerShell',
  'fb78d390-0c51-40cd-8e17-fdbfab77341b': 'Exchange Online PowerShell',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Azure PowerShell',
};
const graph = /^(?:https:\/\/graph\.microsoft\.com\/?|00000003-0000-0000-c000-000000000000)$/i;
const longestToken = 100_000;

/**
 * Reads what somebody pasted as tokens: compact JWS (RFC 7515 §7.1), also wrapped, with the inner one of a server's, JWE
 * (RFC 7516 §7.1), or one long word that only its issuer can read. Nothing where it is a text.
 *
 * @param now epoch milliseconds
 */
export function examineTokens(pasted: string, now: number): readonly ExaminedToken[] {
  const text = pasted.slice(0, longestToken).trim();
  const joined = text.replace(/^(?:Authorization:\s*)?Bearer\s+/i, '').replaceAll(/\s+/g, '');
  const encrypted = /^(eyJ[\w-]+)\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/.exec(joined);
  if (encrypted !== null) return [{ kind: 'encrypted', header: headerOf(encrypted[1] ?? ''), claims: {}, judgements: [{ isWrong: false, text: 'It is encrypted: only whom it was made for can read it. Look at its audience where it was asked for (resource or scope).' }] }];
  const signed = decodeTokens(/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(joined) ? joined : text);
  if (signed.length > 0) return signed.map(({ header, claims }) => ({ kind: 'signed', header, claims, judgements: judge(header, claims, now) }));
  if (!/^[\w~+/.=-]{80,}$/.test(joined) || /\s/.test(text.replace(/^Bearer\s+/i, '').trim()) || !/\d/.test(joined) || !/[A-Z]/.test(joined)) return [];
  return [{ kind: 'opaque', header: {}, claims: {}, judgements: [{ isWrong: false, text: 'It is no JWT: a refresh token, an authorization code, or a token that only its issuer reads. It says nothing here, and whoever has it may use it.' }] }];
}

function judge(header: Claims, claims: Claims, now: number): readonly TokenJudgement[] {
  return [...judgeTimes(claims, now), ...judgeIssuer(header, claims), ...judgeAudience(claims), ...judgeCaller(claims), ...judgeNonce(header)];
}

function judgeTimes(claims: Claims, now: number): TokenJudgement[] {
  const [from, to] = [timeOf(claims['nbf']), timeOf(claims['exp'])];
  const minutes = (span: number): string => (span < 7_200_000 ? `${Math.round(span / 60_000)} minutes` : `${Math.round(span / 3_600_000)} hours`);
  if (to !== undefined && to <= now) return [wrong(`It ended ${minutes(now - to)} ago: every server refuses it. A client that still sends it has a clock that is behind, or does not renew.`)];
  if (from !== undefined && from > now) return [wrong(`It begins in ${minutes(from - now)}: a clock is wrong, that of its issuer or that of this machine.`)];
  return to === undefined ? [wrong('It has no end (exp): Exchange refuses it.')] : [well(`It holds for ${minutes(to - now)} more.`)];
}

function judgeIssuer({ alg }: Claims, { iss, ver, tid }: Claims): TokenJudgement[] {
  const issuer = textOf(iss);
  const unsigned = alg === 'none' ? [well('It has no signature of its own (alg none): the outer token of a server, whose inner one (actortoken) is signed.')] : [];
  const [, tenant] = /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([^/]+)/.exec(issuer) ?? [];
  if (tenant !== undefined) return [...unsigned, ...(tid !== undefined && tid !== tenant ? [wrong(`Issuer and tid name two tenants: ${tenant} and ${textOf(tid)}.`)] : []), well(`Issued by the tenant ${tenant}, version ${textOf(ver) || '1.0'}.`)];
  if (issuer.startsWith('00000001-0000-0000-c000-000000000000@')) return [...unsigned, well(`Issued by the access control service for the tenant ${issuer.slice(37)}: between servers.`)];
  if (issuer.startsWith('00000002-0000-0ff1-ce00-000000000000@')) return [...unsigned, well(`Issued by an Exchange server of ${issuer.slice(37)} itself, with its Auth certificate.`)];
  return [...unsigned, issuer === '' ? wrong('It has no issuer (iss).') : well(`Issued by ${issuer}, which no Exchange trusts unless an AuthServer names it (Get-AuthServer).`)];
}

function judgeAudience({ aud }: Claims): TokenJudgement[] {
  const audience = Array.isArray(aud) ? textOf(aud[0]) : textOf(aud);
  if (audience === '') return [wrong('It has no audience (aud): nobody accepts it.')];
  if (graph.test(audience)) return [wrong('It is for Microsoft Graph. EWS, MAPI and Autodiscover refuse it; ask for a token of https://outlook.office365.com or of your own host.')];
  if (audience.startsWith('http://')) return [wrong(`Its audience is ${audience}: with http, which a server answers with 2000003 (see: hybridge doctor explain H6).`)];
  const [, host] = /^https:\/\/([^/]+)/.exec(audience) ?? /^[0-9a-f-]{36}\/([^@/]+)@/i.exec(audience) ?? [];
  if (host !== undefined) return [well(`It is for ${host}: sent to another host it is refused with 2000003, and the host must be a service principal name of the tenant (AADSTS500011 otherwise).`)];
  return [well(`It is for ${applications[audience.toLowerCase()] ?? audience}.`)];
}

function judgeCaller({ appid, azp, upn, unique_name: uniqueName, smtp, nameid, scp, roles, idtyp }: Claims): TokenJudgement[] {
  const application = textOf(appid ?? azp);
  const by = application === '' ? '' : ` by ${applications[application.toLowerCase()] ?? 'the application'} (${application})`;
  const person = textOf(upn ?? smtp ?? uniqueName);
  if (person !== '') return [well(`It speaks for ${person}${by}${scp === undefined ? '' : `, allowed: ${textOf(scp)}`}.`)];
  if (idtyp === 'app' || roles !== undefined) return [well(`It speaks for no person, only for an application${by}, allowed: ${Array.isArray(roles) ? roles.map(textOf).join(', ') : textOf(roles) || 'nothing'}.`)];
  if (application !== '') return [well(`It was asked for${by}.`)];
  return nameid === undefined ? [] : [well(`It speaks for ${textOf(nameid)}.`)];
}

function judgeNonce({ nonce }: Claims): TokenJudgement[] {
  return nonce === undefined ? [] : [well('Its header has a nonce, as tokens of Microsoft Graph have: nobody but Graph can check its signature.')];
}

function headerOf(part: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const wrong = (text: string): TokenJudgement => ({ isWrong: true, text });
const well = (text: string): TokenJudgement => ({ isWrong: false, text });

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
