const initialDomain = /(?<![a-z0-9.-])([a-z0-9-]{2,64})(?:\.mail)?\.onmicrosoft\.com/gi;
const guid = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';
/** Properties of cmdlets, addresses of issuers, and the issuers that Exchange trusts in its challenge. */
const ids = [
  new RegExp(String.raw`\b(?:TenantId|DirectoryTenantId|ExternalDirectoryOrganizationId)\\?["']?\s{0,40}[:=,>]\s{0,5}\\?["']?${guid}`, 'gi'),
  new RegExp(String.raw`\b(?:sts\.windows\.net|login\.windows\.net|login\.microsoftonline\.com|accounts\.accesscontrol\.windows\.net)/${guid}`, 'gi'),
  new RegExp(`00000001-0000-0000-c000-000000000000@${guid}`, 'gi'),
];
const promising = /tenantid|organizationid|windows\.net|microsoftonline|c000-000000000000@/i;

/** Tenants that a text names: initial domains (`contoso.mail.onmicrosoft.com` is of `contoso.onmicrosoft.com`) and ids. */
export function tenantsIn(text: string): readonly string[] {
  const domains = text.includes('onmicrosoft.com') ? Array.from(text.matchAll(initialDomain), ([, name = '']) => `${name.toLowerCase()}.onmicrosoft.com`) : [];
  return promising.test(text) ? [...domains, ...ids.flatMap((id) => Array.from(text.matchAll(id), ([, tenant = '']) => tenant.toLowerCase()))] : domains;
}
