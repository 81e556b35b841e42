/** Where an endpoint takes delegation tokens: below it, at `/WSSecurity`. Administrators write both forms. */
export function securedUrl(url: string): string {
  return /\/wssecurity\/?$/i.test(url) ? url : `${url.replace(/\/$/, '')}/WSSecurity`;
}
