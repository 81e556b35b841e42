import { bareSmtpAddress, isSmtpAddress, isSmtpDomain } from '../../organization/index.ts';
import { ManagementError } from '../management-error.ts';
import type { CredentialValue, KeyCredentialValue, MultiValued, ParameterDefinition, ParameterType, PasswordProfileValue } from './parameter-definition.ts';

/** Longest text of one value; a certificate in base64 or PEM fits. */
const longestText = 65_536;
const mostValues = 10_000;

/** The value that a parameter takes, from what came in JSON. @throws ManagementError `MANAGEMENT_PARAMETER_INVALID` */
export function convertValue(name: string, definition: ParameterDefinition, value: unknown): unknown {
  if (definition.type === 'anything') return value;
  if (definition.type === 'keyCredentials') return convertKeyCredentials(name, value);
  if (definition.type === 'attributes') return convertAttributes(name, value);
  if (definition.type === 'passwordProfile') return convertPasswordProfile(name, value);
  if (definition.type === 'hashtable') return convertHashtable(name, value);
  if (definition.type === 'hashtables') return convertHashtables(name, value);
  if (definition.many === true) return convertMany(name, definition.type, value);
  if (value === null) {
    if (definition.nullable === true) return null;
    throw invalid(name, `Cannot bind argument to parameter '${name}' because it is null.`);
  }
  const single = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  if (definition.nullable === true && single === '') return null;
  return convertSingle(name, definition.type, single);
}

function convertMany(name: string, type: ParameterType, value: unknown): MultiValued {
  if (value === null || value === '') return { replace: [] };
  if (typeof value !== 'object' || Array.isArray(value)) return { replace: convertList(name, type, value) };
  const change: { add: string[]; remove: string[] } = { add: [], remove: [] };
  for (const [key, part] of Object.entries(value)) {
    const action = key.toLowerCase();
    // The marker with which Exchange Online's own module sends a hashtable.
    if (action === '@odata.type') continue;
    if (action !== 'add' && action !== 'remove') {
      throw invalid(name, `Cannot process argument transformation on parameter '${name}'. The hashtable may only have the keys Add and Remove, not '${shown(key)}'.`);
    }
    change[action] = part === null ? [] : convertList(name, type, part);
  }
  return change;
}

function convertList(name: string, type: ParameterType, value: unknown): string[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length > mostValues) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. More than ${mostValues} values were given.`);
  return list.map((one) => {
    const value = convertSingle(name, type, one);
    if (typeof value === 'object') throw invalid(name, `The parameter '${name}' takes one credential.`);
    return String(value);
  });
}

function convertSingle(name: string, type: ParameterType, value: unknown): string | number | boolean | CredentialValue {
  if (typeof type !== 'string') return convertWord(name, type, value);
  if (type === 'boolean' || type === 'switch') return convertBoolean(name, value);
  if (type === 'integer') return convertInteger(name, value);
  if (type === 'credential') return convertCredential(name, value);
  const text = convertText(name, value);
  switch (type) {
    case 'string':
    case 'secret':
      return text;
    case 'resultSize':
      return text.toLowerCase() === 'unlimited' ? Infinity : convertInteger(name, text);
    case 'url':
      if (!URL.canParse(text)) throw cannotConvert(name, text, 'System.Uri', 'Invalid URI: The format of the URI could not be determined.');
      return text;
    case 'smtpAddress':
      if (!isSmtpAddress(bareSmtpAddress(text))) throw cannotConvert(name, text, 'Microsoft.Exchange.Data.SmtpAddress', `"${shown(text)}" isn't a valid SMTP address.`);
      return bareSmtpAddress(text);
    case 'domain':
      if (!isSmtpDomain(text)) throw cannotConvert(name, text, 'Microsoft.Exchange.Data.SmtpDomain', `"${shown(text)}" isn't a valid SMTP domain.`);
      return text;
    case 'guid':
      if (!/^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i.test(text)) throw cannotConvert(name, text, 'System.Guid', 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).');
      return text.replace(/[{}]/g, '').toLowerCase();
    case 'thumbprint':
      return convertThumbprint(name, text);
    case 'dateTime':
      return convertDateTime(name, text);
    case 'timeOfDay':
      return convertTimeOfDay(name, text);
    default:
      throw new ManagementError('MANAGEMENT_INTERNAL', `The parameter '${name}' has a type that nothing converts.`);
  }
}

function convertText(name: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A text was expected.`);
  if (value === '') throw invalid(name, `Cannot bind argument to parameter '${name}' because it is an empty string.`);
  if (value.length > longestText) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. The text is longer than ${longestText} characters.`);
  return value;
}

/** Also the published words for `$true` and `$false` as text, which scripts and JSON clients send. */
function convertBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  // Exchange Online's module sends a switch as an object.
  if (typeof value === 'object' && value !== null && 'IsPresent' in value && typeof value.IsPresent === 'boolean') return value.IsPresent;
  const word = typeof value === 'string' ? value.toLowerCase().replace(/^\$/, '') : '';
  if (word === 'true' || word === 'false') return word === 'true';
  throw cannotConvert(name, value, 'System.Boolean', 'Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.');
}

function convertInteger(name: string, value: unknown): number {
  const number = typeof value === 'string' && /^[+-]?\d{1,10}$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31) return number;
  throw cannotConvert(name, value, 'System.Int32', 'Input string was not in a correct format.');
}

/** What Get-Credential gives, as an object of two texts. Nothing of it stands in a message. */
function convertCredential(name: string, value: unknown): CredentialValue {
  const { UserName: userName, Password: password } = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  if (typeof userName === 'string' && typeof password === 'string' && userName !== '' && userName.length <= 1024 && password.length <= 1024) return { userName, password };
  throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A PSCredential with UserName and Password was expected.`);
}

const base64 = /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/;

/** Names of hashtables count in any case. Type and usage can only be the ones of a certificate that proves its holder. */
function convertKeyCredentials(name: string, value: unknown): readonly KeyCredentialValue[] {
  const list = value === null || value === '' ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length > 100) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. More than 100 values were given.`);
  return list.map((one) => {
    if (typeof one !== 'object' || one === null) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A hashtable was expected: @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=…}.`);
    // Microsoft Graph’s name of the bytes, and the AzureAD module’s.
    const { value: azureAdKey, key = azureAdKey, keyid: keyId, type = 'AsymmetricX509Cert', usage = 'Verify' } = Object.fromEntries(Object.entries(one).map(([part, content]) => [part.toLowerCase(), content as unknown]));
    if (type !== 'AsymmetricX509Cert' || usage !== 'Verify') throw invalid(name, `A credential of '${name}' is of the type AsymmetricX509Cert and the usage Verify.`);
    const bytes = key instanceof Uint8Array ? Buffer.from(key).toString('base64') : key;
    if (bytes !== undefined && bytes !== null && (typeof bytes !== 'string' || bytes.length > longestText || !base64.test(bytes))) throw invalid(name, `The Key of a credential of '${name}' is not the bytes of a certificate.`);
    if (typeof bytes !== 'string' && typeof keyId !== 'string') throw invalid(name, `A credential of '${name}' has neither Key nor KeyId.`);
    return { ...(typeof bytes === 'string' ? { key: bytes.replace(/\s+/g, '') } : {}), ...(typeof keyId === 'string' ? { keyId: keyId.toLowerCase() } : {}) };
  });
}

/** What is wrong is said without the value. */
function convertPasswordProfile(name: string, value: unknown): PasswordProfileValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A hashtable was expected: @{Password='…'; ForceChangePasswordNextSignIn=$false}.`);
  // Microsoft Graph's name and the AzureAD module's; what is left empty was not said.
  const parts = Object.fromEntries(Object.entries(value).flatMap(([part, content]: [string, unknown]) => (content === null ? [] : [[part.toLowerCase(), content]])));
  const { password, forcechangepasswordnextsignin, forcechangepasswordnextlogin } = parts as Record<string, unknown>;
  const mustChange = forcechangepasswordnextsignin ?? forcechangepasswordnextlogin;
  if (password !== undefined && (typeof password !== 'string' || password === '' || password.length > longestText)) throw invalid(name, `The Password of '${name}' is not a text.`);
  if (mustChange !== undefined && typeof mustChange !== 'boolean') throw invalid(name, `ForceChangePasswordNextSignIn of '${name}' is $true or $false.`);
  if (password === undefined && mustChange === undefined) throw invalid(name, `'${name}' has neither Password nor ForceChangePasswordNextSignIn.`);
  return { ...(password === undefined ? {} : { password }), ...(mustChange === undefined ? {} : { mustChange }) };
}

/** What is in it is the handler's to check. Where one is wanted, a list of one is as good, as in PowerShell. */
function convertHashtable(name: string, value: unknown): Readonly<Record<string, unknown>> {
  const single: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof single !== 'object' || single === null || Array.isArray(single)) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A hashtable was expected: @{name=value}.`);
  const entries = Object.entries(single).filter(([key]) => key.toLowerCase() !== '@odata.type');
  if (entries.length > 100) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. The hashtable has ${entries.length} entries.`);
  return Object.fromEntries(entries);
}

function convertHashtables(name: string, value: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list = value === null || value === '' ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length > 1000) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. More than 1000 values were given.`);
  return list.map((one) => convertHashtable(name, one));
}

/** A hashtable of attributes with a value or a list of them; bytes come as base64, from PowerShell's own serializer as numbers. */
function convertAttributes(name: string, value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. A hashtable was expected: @{'attribute'=value}.`);
  const entries = Object.entries(value).filter(([key]) => key.toLowerCase() !== '@odata.type');
  if (entries.length === 0 || entries.length > 100) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. The hashtable has ${entries.length} attributes.`);
  const bare = (content: unknown): string => (isByteList(content) ? Buffer.from(content).toString('base64') : convertText(name, content));
  return Object.fromEntries(
    entries.map(([key, content]) => {
      const values: readonly unknown[] = Array.isArray(content) && !isByteList(content) ? content : [content];
      if (values.length === 0 || values.length > mostValues) throw invalid(name, `Cannot process argument transformation on parameter '${name}'. The attribute '${shown(key)}' has ${values.length} values.`);
      return [key, values.map(bare)];
    }),
  );
}

function isByteList(value: unknown): value is Uint8Array | number[] {
  return value instanceof Uint8Array || (Array.isArray(value) && value.length > 0 && value.length <= longestText && value.every((one) => Number.isInteger(one) && Number(one) >= 0 && Number(one) < 256));
}

function convertWord(name: string, words: readonly string[], value: unknown): string {
  const text = convertText(name, value);
  const word = words.find((candidate) => candidate.toLowerCase() === text.trim().toLowerCase());
  if (word !== undefined) return word;
  throw invalid(
    name,
    `Cannot process argument transformation on parameter '${name}'. Cannot convert value "${shown(text)}". Unable to match the identifier name ${shown(text)} to a valid enumerator name. Specify one of the following enumerator names and try again: ${words.join(', ')}`,
  );
}

/** Windows' certificate dialog copies thumbprints with blanks and an invisible mark in front. */
function convertThumbprint(name: string, text: string): string {
  const thumbprint = text.replace(/[\s\u200e\u200f]/g, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(thumbprint)) return thumbprint;
  throw invalid(name, `Cannot process argument transformation on parameter '${name}'. "${shown(text)}" isn't a thumbprint, which has 40 hexadecimal digits.`);
}

const americanDate = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i;

/** ISO 8601, or the month first as PowerShell reads texts in every culture; without a zone, UTC. */
function convertDateTime(name: string, text: string): number {
  const american = americanDate.exec(text.trim());
  if (american !== null) {
    const [, month, day, year, hour = '0', minute = '0', second = '0', half] = american;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second));
    if (new Date(at).getUTCMonth() === Number(month) - 1 && hours < 24 && Number(minute) < 60 && Number(second) < 60) return at;
  } else if (/^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim())) {
    const iso = text.trim().replace(' ', 'T');
    const at = Date.parse(/T[\d:.]+$/.test(iso) ? `${iso}Z` : iso);
    if (!Number.isNaN(at)) return at;
  }
  throw cannotConvert(name, text, 'System.DateTime', 'String was not recognized as a valid DateTime.');
}

function convertTimeOfDay(name: string, text: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.0+)?)?$/.exec(text.trim());
  const minutes = match === null ? NaN : Number(match[1]) * 60 + Number(match[2]);
  if (match !== null && Number(match[2]) < 60 && Number(match[3] ?? '0') === 0 && minutes <= 1440) return minutes;
  throw cannotConvert(name, text, 'System.TimeSpan', 'String was not recognized as a time of day in whole minutes, for example 08:00:00.');
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function cannotConvert(name: string, value: unknown, type: string, reason: string): ManagementError {
  return invalid(name, `Cannot process argument transformation on parameter '${name}'. Cannot convert value "${shown(value)}" to type "${type}". ${reason}`);
}

function invalid(name: string, message: string): ManagementError {
  return new ManagementError('MANAGEMENT_PARAMETER_INVALID', message, { facts: { parameter: name } });
}
