/** [MS-OXWSADISC] ErrorCode values that are given or understood here. */
export type AutodiscoverErrorCode =
  | 'NoError'
  | 'RedirectAddress'
  | 'RedirectUrl'
  | 'InvalidUser'
  | 'InvalidRequest'
  | 'InvalidSetting'
  | 'SettingIsNotAvailable'
  | 'ServerBusy'
  | 'InvalidDomain'
  | 'NotFederated'
  | 'InternalServerError';

export interface UserSettingError {
  name: string;
  errorCode: string;
  message: string;
}

/** The answer about one user. */
export interface UserSettings {
  errorCode: string;
  message: string;
  /** Where to ask instead: an address with `RedirectAddress`, a URL with `RedirectUrl`. */
  redirectTarget?: string;
  /** By setting name, e.g. `ExternalEwsUrl`. */
  settings: Readonly<Record<string, string>>;
  settingErrors: readonly UserSettingError[];
}

export interface TokenIssuer {
  endpoint?: string;
  uri?: string;
}

export interface FederationInformation {
  applicationUri: string;
  tokenIssuers: readonly TokenIssuer[];
  domains: readonly string[];
}

/** URLs of the EWS virtual directory; blank ones are left out. */
export interface AutodiscoverUrls {
  externalEwsUrl?: string;
  internalEwsUrl?: string;
}

/** An organisation relationship as its holder tells the other organisation about it ([MS-OXWSADISC] 3.1.4.3.3.4). */
export interface OrganizationRelationshipSettings {
  name: string;
  domainNames: readonly string[];
  deliveryReportEnabled: boolean;
  freeBusyAccessEnabled: boolean;
  freeBusyAccessLevel: string;
  mailTipsAccessEnabled: boolean;
  mailTipsAccessLevel: string;
  mailboxMoveEnabled: boolean;
  targetApplicationUri?: string;
  targetAutodiscoverEpr?: string;
  targetSharingEpr?: string;
}
