/**
 * Who somebody is, and how they prove it. `certificates` makes and reads X.509 certificates and PKCS #12 files; `sts` is a token service in
 * the shape of Azure AD and ACS, with its sign-in pages, tenant directory and admin API; `validation` decides about bearer tokens as
 * Exchange does, writes its challenges, and gets tokens for calls to the other organisation. It knows tenants and their
 * users, not mailboxes: whom a token means in an organisation is answered by a function that the caller passes. `ntlm` is
 * the server's side of NTLMv2, bound to one connection. `federation` is delegated federation: the gateway in the token
 * service, its tokens (SAML 1.1), and messages secured with them; and the answers of identity providers where people of
 * federated domains sign in. The room is no identity provider by WS-Federation or SAML itself, and does not speak Kerberos.
 */
export { IdentityError } from './identity-error.ts';
export type { IdentityErrorCode, TokenRejectionCode } from './identity-error.ts';
export { exchangeApplicationId, outlookClientId } from './well-known.ts';
export { createAuthCertificate } from './certificates/create-auth-certificate.ts';
export { createCertificateAuthority } from './certificates/create-certificate-authority.ts';
export type { CertificateAuthority, CertificateWithKey, CreateCertificateAuthorityOptions } from './certificates/create-certificate-authority.ts';
export { createSelfSignedCertificate } from './certificates/create-self-signed-certificate.ts';
export { requestCertificate } from './certificates/request-certificate.ts';
export type { CreateSelfSignedCertificateOptions } from './certificates/create-self-signed-certificate.ts';
export { issueClientCertificate } from './certificates/issue-client-certificate.ts';
export type { IssueClientCertificateOptions } from './certificates/issue-client-certificate.ts';
export { issueServerCertificate } from './certificates/issue-server-certificate.ts';
export type { IssueServerCertificateOptions } from './certificates/issue-server-certificate.ts';
export { certificateBase64, certificatePem, certificateThumbprint, certificateX5t, readCertificate } from './certificates/read-certificate.ts';
export type { CertificateFacts } from './certificates/read-certificate.ts';
export { readCertificateFile } from './certificates/read-certificate-file.ts';
export { isPkcs12, readPkcs12 } from './certificates/pkcs12/read-pkcs12.ts';
export type { Pkcs12Contents } from './certificates/pkcs12/read-pkcs12.ts';
export { writePkcs12 } from './certificates/pkcs12/write-pkcs12.ts';
export { readServedCertificate } from './certificates/read-served-certificate.ts';
export type { ReadServedCertificateOptions, ServedCertificate } from './certificates/read-served-certificate.ts';
export type { KeyKind } from './certificates/key-pair.ts';
export { channelBindingToken } from './ntlm/channel-binding.ts';
export type { ChannelProtection } from './ntlm/channel-binding.ts';
export type { NtlmServerNames } from './ntlm/challenge-message.ts';
export { createConnectionSignIn } from './ntlm/connection-sign-in.ts';
export type { ConnectionSignIn, ConnectionSignInOptions, ConnectionSignInResult, NtlmAccount, NtlmUser } from './ntlm/connection-sign-in.ts';
export { ntHash } from './ntlm/nt-hash.ts';
export { createDelegationTokenSource, secureWithToken } from './federation/delegation-token-source.ts';
export type { DelegationTokenRequest, DelegationTokenSource, DelegationTokenSourceOptions } from './federation/delegation-token-source.ts';
export { createDelegationValidator } from './federation/delegation-validator.ts';
export type { DelegationValidator, DelegationValidatorOptions, TrustedTokenIssuer, ValidatedDelegation } from './federation/delegation-validator.ts';
export type { DelegationAction } from './federation/federation-namespaces.ts';
export { fetchFederationMetadata } from './federation/fetch-federation-metadata.ts';
export type { GatewayMetadata } from './federation/fetch-federation-metadata.ts';
export { createDelegationRegistration } from './federation/create-delegation-registration.ts';
export type { DelegationRegistration } from './federation/create-delegation-registration.ts';
export { domainProof } from './federation/gateway/federated-applications.ts';
export type { FederatedApplication, NewFederatedApplication } from './federation/gateway/federated-applications.ts';
export type { DelegationState } from './federation/gateway/gateway-refusal.ts';
export { securityFault, writeProbeEnvelope } from './federation/security-fault.ts';
export type { CertificateHolder } from './federation/security-token-request.ts';
export type { DelegationToken } from './federation/security-token-response.ts';
export { actorTokenAudience, createActorTokenSource } from './validation/create-actor-token-source.ts';
export type { ActorTokenSource, ActorTokenSourceOptions } from './validation/create-actor-token-source.ts';
export type { RequestTarget } from './validation/check-audience.ts';
export type { Challenge, ChallengeOptions } from './validation/create-challenge.ts';
export { createTokenValidator } from './validation/create-token-validator.ts';
export type { TokenValidator, TokenValidatorOptions, ValidateOptions } from './validation/create-token-validator.ts';
export { createUserContextToken } from './validation/create-user-context-token.ts';
export type { UserContextTokenOptions } from './validation/create-user-context-token.ts';
export { fetchAuthMetadata } from './validation/fetch-auth-metadata.ts';
export type { AuthMetadata } from './validation/fetch-auth-metadata.ts';
export { decodeToken } from './tokens/decode-token.ts';
export { TokenRejected } from './validation/token-rejected.ts';
export type { Diagnostics } from './validation/token-rejected.ts';
export type { TokenProfile, TrustedAuthServer, TrustedPartnerApplication, UserContext, ValidatedToken } from './validation/trust-settings.ts';
export type { AuditEntry } from './sts/audit.ts';
export { createStsAdminClient } from './sts/create-sts-admin-client.ts';
export type { StsAdminClient, StsAdminClientOptions } from './sts/create-sts-admin-client.ts';
export { startSts } from './sts/start-sts.ts';
export type { RunningSts, StsListener, StsOptions } from './sts/start-sts.ts';
export type {
  NewStsKeyCredential,
  NewStsServicePrincipal,
  NewStsTenant,
  NewStsUser,
  StsAuthenticator,
  StsConsent,
  StsDeletedUser,
  StsDomain,
  StsDomainAuthentication,
  StsGroup,
  StsKeyCredential,
  StsPasswordCredential,
  StsRoleAssignment,
  StsServicePrincipal,
  StsSigningKey,
  StsTenant,
  StsUser,
} from './sts/sts-types.ts';
