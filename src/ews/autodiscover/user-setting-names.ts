/**
 * UserSettingName of SOAP Autodiscover ("Setting (SOAP)", EWS reference): a name outside this list is an invalid
 * setting, one in it that has no value here is not available.
 */
export const userSettingNames: ReadonlySet<string> = new Set(
  `UserDisplayName UserDN UserDeploymentId InternalMailboxServer InternalRpcClientServer InternalMailboxServerDN
   InternalEcpUrl InternalEcpVoicemailUrl InternalEcpEmailSubscriptionsUrl InternalEcpTextMessagingUrl
   InternalEcpDeliveryReportUrl InternalEcpRetentionPolicyTagsUrl InternalEcpPublishingUrl InternalEcpPhotoUrl
   InternalEcpConnectUrl InternalEcpTeamMailboxUrl InternalEcpTeamMailboxCreatingUrl InternalEcpTeamMailboxEditingUrl
   InternalEcpTeamMailboxHidingUrl InternalEcpExtensionInstallationUrl InternalEwsUrl InternalEmwsUrl InternalOABUrl
   InternalPhotosUrl InternalUMUrl InternalWebClientUrls MailboxDN PublicFolderServer ActiveDirectoryServer
   ExternalMailboxServer ExternalMailboxServerRequiresSSL ExternalMailboxServerAuthenticationMethods EcpVoicemailUrlFragment
   EcpEmailSubscriptionsUrlFragment EcpTextMessagingUrlFragment EcpDeliveryReportUrlFragment
   EcpRetentionPolicyTagsUrlFragment EcpPublishingUrlFragment EcpPhotoUrlFragment EcpConnectUrlFragment
   EcpTeamMailboxUrlFragment EcpTeamMailboxCreatingUrlFragment EcpTeamMailboxEditingUrlFragment
   EcpExtensionInstallationUrlFragment ExternalEcpUrl ExternalEcpVoicemailUrl ExternalEcpEmailSubscriptionsUrl
   ExternalEcpTextMessagingUrl ExternalEcpDeliveryReportUrl ExternalEcpRetentionPolicyTagsUrl ExternalEcpPublishingUrl
   ExternalEcpPhotoUrl ExternalEcpConnectUrl ExternalEcpTeamMailboxUrl ExternalEcpTeamMailboxCreatingUrl
   ExternalEcpTeamMailboxEditingUrl ExternalEcpTeamMailboxHidingUrl ExternalEcpExtensionInstallationUrl ExternalEwsUrl
   ExternalEmwsUrl ExternalOABUrl ExternalPhotosUrl ExternalUMUrl ExternalWebClientUrls CrossOrganizationSharingEnabled
   AlternateMailboxes CasVersion EwsSupportedSchemas InternalPop3Connections ExternalPop3Connections
   InternalImap4Connections ExternalImap4Connections InternalSmtpConnections ExternalSmtpConnections
   InternalServerExclusiveConnect ExternalServerExclusiveConnect ExchangeRpcUrl ShowGalAsDefaultView
   AutoDiscoverSMTPAddress InteropExternalEwsUrl InteropExternalEwsVersion ExternalEwsVersion MobileMailboxPolicy
   MobileMailboxPolicyInterop GroupingInformation UserMSOnline MapiHttpEnabled MapiHttpUrls`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
