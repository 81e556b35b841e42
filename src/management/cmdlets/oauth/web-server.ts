import type { Recipient } from '../../../organization/index.ts';

/** One call to another organisation with a server-to-server token, to see whether it is taken. */
export interface OAuthTest {
  service: 'EWS' | 'AutoD' | 'Generic';
  targetUri: string;
  /** On whose behalf; absent where the application asks by itself. */
  recipient?: Recipient;
  /** False: tokens that are kept are forgotten first. */
  useCachedToken: boolean;
  /** Go by the configuration as it is now, even where settings are kept for a while. */
  reloadConfig: boolean;
}

export interface OAuthTestResult {
  isSuccess: boolean;
  /** What was done and answered, a line each. No token is in it. */
  detail: readonly string[];
}

/** A question to another organisation's move proxy, as somebody who may have mailboxes moved there. */
export interface MoveProxyTest {
  /** Host name, with port where it is not 443. */
  remoteServer: string;
  credentials: { userName: string; password: string };
}

export interface MoveProxyTestResult {
  isSuccess: boolean;
  url: string;
  /** Why not; empty on success. */
  message: string;
  detail: string;
}

/** The running server behind an organisation's cmdlets. */
export interface WebServer {
  /** Forgets what the server keeps of settings, tokens and endpoints, as `iisreset` does. Requests in work go on. */
  restart(): void;
  /** Resolves with the outcome, whatever it is. */
  testOAuth(test: OAuthTest): Promise<OAuthTestResult>;
  /** Resolves with the outcome, whatever it is. */
  testMoveProxy(test: MoveProxyTest): Promise<MoveProxyTestResult>;
}
