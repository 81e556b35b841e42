/** Initial domains of tenants that a text names; `contoso.mail.onmicrosoft.com` is of `contoso.onmicrosoft.com`. */
export function tenantsIn(text: string): readonly string[] {
  if (!text.includes('onmicrosoft.com')) return [];
  return Array.from(text.matchAll(/(?<![a-z0-9.-])([a-z0-9-]{2,64})(?:\.mail)?\.onmicrosoft\.com/gi), ([, name = '']) => `${name.toLowerCase()}.onmicrosoft.com`);
}
