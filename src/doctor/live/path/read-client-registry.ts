/** What the registry of a machine with Windows says of Office. */
export interface ClientRegistry {
  /** `16.0.17328.20184`, or as much of it as is known; empty where nothing tells. */
  version: string;
  /** `EnableADAL`, where it is set; a policy goes before the person's own choice. */
  enableAdal?: number;
  /** The key that has it. */
  enableAdalKey?: string;
}

const identityKey = /\\Microsoft\\Office\\(1[4-9]\.0)\\Common\\Identity$/i;
const clickToRunKey = /\\Microsoft\\Office\\ClickToRun\\Configuration$/i;
const installRootKey = /\\Microsoft\\Office\\(1\d\.0)\\(?:Outlook|Common)\\InstallRoot$/i;

/**
 * Reads what `reg export` or the registry editor wrote: keys in brackets, `"Name"=dword:00000000` or `"Name"="text"`. Of
 * Office only; whatever else is in the file is passed over.
 */
export function readClientRegistry(text: string): ClientRegistry {
  const found: ClientRegistry = { version: '' };
  const installed: string[] = [];
  let key = '';
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const heading = /^\[(?<key>[^\]]+)\]\s*$/.exec(line)?.groups?.['key'];
    if (heading !== undefined) key = heading;
    const { name = '', dword, string } = /^"(?<name>[^"]+)"=(?:dword:(?<dword>[\da-f]{1,8})|"(?<string>[^"]*)")\s*$/i.exec(line)?.groups ?? {};
    const lower = name.toLowerCase();
    if (identityKey.test(key) && lower === 'enableadal' && dword !== undefined && (found.enableAdal === undefined || /\\Policies\\/i.test(key))) Object.assign(found, { enableAdal: Number.parseInt(dword, 16), enableAdalKey: key });
    if (clickToRunKey.test(key) && lower === 'versiontoreport' && string !== undefined) found.version = string;
    const root = installRootKey.exec(key)?.[1];
    if (root !== undefined && lower === 'path') installed.push(root);
  }
  return found.version === '' ? { ...found, version: installed.toSorted((a, b) => Number(b) - Number(a))[0] ?? '' } : found;
}

/**
 * Whether Outlook of this machine signs in with a Bearer: from 2016 on unless `EnableADAL` is 0, 2013 (15.0) only where it
 * is 1, older ones never. What is not known is taken to be new.
 */
export function takesModernAuthentication({ version, enableAdal }: ClientRegistry): boolean {
  const release = version === '' ? 16 : Number(version.split('.')[0]);
  if (release < 15) return false;
  return release === 15 ? enableAdal === 1 : enableAdal !== 0;
}
