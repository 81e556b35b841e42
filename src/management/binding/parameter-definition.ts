/**
 * What a parameter takes. A list of words is an enumeration, written as published and matched in any case. `dateTime`
 * arrives as epoch milliseconds, `credential` (a PSCredential) as name and password, `timeOfDay` as minutes after midnight, `resultSize` as a number or Infinity
 * (`Unlimited`), `keyCredentials` (Microsoft Graph's hashtables of certificates) as a list, `passwordProfile` (its hashtable of a password) as an object, `hashtable` and `hashtables` (its other resources, one or several) as they came, `attributes` (a hashtable of directory attributes with one value or several) as an object of lists of texts, bytes in base64, `anything` (of refused and ignored parameters only) as it came, `smtpAddress` without prefix, `thumbprint` in upper case without blanks.
 */
export type ParameterType =
  | 'string'
  | 'secret'
  | 'credential'
  | 'boolean'
  | 'switch'
  | 'integer'
  | 'resultSize'
  | 'url'
  | 'smtpAddress'
  | 'domain'
  | 'guid'
  | 'thumbprint'
  | 'dateTime'
  | 'timeOfDay'
  | 'keyCredentials'
  | 'passwordProfile'
  | 'hashtable'
  | 'hashtables'
  | 'attributes'
  | 'anything'
  | readonly string[];

/** A PSCredential. */
export interface CredentialValue {
  readonly userName: string;
  readonly password: string;
}

/** One of Microsoft Graph's keyCredential resources, as far as it is used. */
export interface KeyCredentialValue {
  /** The certificate, base64 DER; absent where one that is there is only named. */
  readonly key?: string;
  readonly keyId?: string;
}

/** Microsoft Graph's passwordProfile resource, as far as it is used. */
export interface PasswordProfileValue {
  readonly password?: string;
  readonly mustChange?: boolean;
}

export interface ParameterDefinition {
  type: ParameterType;
  description: string;
  /** Takes several values: an array, or `@{add=…; remove=…}` where the property of an object changes. */
  many?: true;
  mandatory?: true;
  /** Place of a value written without the parameter's name; 0 is the first. */
  position?: number;
  aliases?: readonly string[];
  /** Takes `$null`, which empties the property. */
  nullable?: true;
  /** Takes this property of objects that come through a pipeline. */
  pipeline?: true;
  /** Takes whole objects of these kinds (nouns of their Get- cmdlets) that come through a pipeline; then nothing else takes their properties. */
  pipelineOf?: readonly string[];
  /** Accepted and checked, never handed to the handler. */
  ignored?: true;
  /** Published, and not built: who passes it reads why in the description. `unlessFalse` lets `$false` and `$null` pass, where that is how things are. */
  refused?: true | 'unlessFalse';
  /** Ours: no published page has it. */
  own?: true;
  /** Where the parameter exists; everywhere by default. */
  side?: 'OnPremises' | 'Cloud';
}

export type ParameterDefinitions = Readonly<Record<string, ParameterDefinition>>;

/** A value for a property that holds several: all of them anew, or some more and some less. */
export type MultiValued = { readonly replace: readonly string[] } | { readonly add: readonly string[]; readonly remove: readonly string[] };

type SingleValue<Type> = Type extends readonly (infer Word)[]
  ? Word
  : Type extends 'keyCredentials'
    ? readonly KeyCredentialValue[]
  : Type extends 'passwordProfile'
    ? PasswordProfileValue
  : Type extends 'hashtable'
    ? Readonly<Record<string, unknown>>
  : Type extends 'hashtables'
    ? readonly Readonly<Record<string, unknown>>[]
  : Type extends 'attributes'
    ? Readonly<Record<string, readonly string[]>>
  : Type extends 'boolean' | 'switch'
    ? boolean
    : Type extends 'credential'
      ? CredentialValue
      : Type extends 'integer' | 'dateTime' | 'timeOfDay' | 'resultSize'
        ? number
        : string;

type BoundValue<Definition> = Definition extends { many: true }
  ? MultiValued
  : Definition extends { nullable: true; type: infer Type }
    ? SingleValue<Type> | null
    : Definition extends { type: infer Type }
      ? SingleValue<Type>
      : never;

type MandatoryNames<Definitions> = { [Name in keyof Definitions]: Definitions[Name] extends { mandatory: true } ? Name : never }[keyof Definitions];

type RefusedNames<Definitions> = { [Name in keyof Definitions]: Definitions[Name] extends { refused: true | 'unlessFalse' } ? Name : never }[keyof Definitions];

/** Parameters after binding: published spelling, checked values, only what was given. */
export type BoundParameters<Definitions extends ParameterDefinitions> = {
  readonly [Name in MandatoryNames<Definitions>]: BoundValue<Definitions[Name]>;
} & {
  readonly [Name in Exclude<keyof Definitions, MandatoryNames<Definitions> | RefusedNames<Definitions>>]?: BoundValue<Definitions[Name]>;
};

/** The values that a list names, where the list is not a change of something. */
export function valuesOf(list: MultiValued): readonly string[] {
  return 'replace' in list ? list.replace : list.add;
}

/** The values after a change; compared without regard to case, an added value's spelling wins. */
export function applyMultiValued(current: readonly string[], change: MultiValued): string[] {
  const values = new Map('replace' in change ? [] : current.map((value) => [value.toLowerCase(), value]));
  if ('replace' in change) for (const value of change.replace) values.set(value.toLowerCase(), value);
  else {
    for (const value of change.remove) values.delete(value.toLowerCase());
    for (const value of change.add) values.set(value.toLowerCase(), value);
  }
  return [...values.values()];
}
