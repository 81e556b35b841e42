/**
 * Errors as people see them: in Outlook on the web's traces, PowerShell, logs and mails. Written from the published
 * tables and articles, not from the doctor's signatures.
 * The published sentence stands in ⟦ ⟧ where it is not the whole text: a text is cut in the middle of it.
 */
export interface Capture {
  /** The failure that it shows. */
  id: string;
  /** What a part of it may show as well: the general failure that the special one looks like to its user. */
  within?: readonly string[];
  text: string;
}

const proxied = 'Proxy web request failed. , inner exception: ';
const stack = `
   at System.Web.Services.Protocols.SoapHttpClientProtocol.ReadResponse(SoapClientMessage message, WebResponse response, Stream responseStream, Boolean asyncCall)
   at System.Web.Services.Protocols.SoapHttpClientProtocol.EndInvoke(IAsyncResult asyncResult)`;
const nodes = (id: string, texts: readonly string[], within?: readonly string[]): Capture[] => texts.map((text) => ({ id, text, ...(within === undefined ? {} : { within }) }));

export const captures: readonly Capture[] = [
  ...nodes('FB1', [`${proxied}⟦An internal server error occurred. The operation failed.⟧. Name of the server where exception originated: VI1PR0102MB3166. LID: 59916`, 'System.Net.WebException: ⟦The remote server returned an error: (500) Internal Server Error.⟧']),
  ...nodes('FB2', ['The remote user mailbox must specify the the explicit local mailbox in the header']),
  ...nodes('FB3', [
    `${proxied}⟦An error occurred when verifying security for the message⟧. Name of the server where exception originated: AM5PR0701MB1234`,
    `Autodiscover failed for email address joe@fabrikam.example with error System.Web.Services.Protocols.SoapHeaderException: ⟦An error occurred when verifying security for the message⟧${stack}`,
  ]),
  ...nodes('FB4', [
    `${proxied}System.Net.WebException: Unable to connect to the remote server ---> System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond 203.0.113.7:443\n   at System.Net.Sockets.Socket.EndConnect(IAsyncResult asyncResult)`,
  ]),
  ...nodes('FB5', ['Autodiscover failed for email address user@fabrikam.fr with error System.Net.WebException: ⟦The request failed with HTTP status 404: Not Found.⟧&#xD;']),
  ...nodes('FB6', [`${proxied}The request failed with HTTP status 401: Unauthorized diagnostics: 2000005;reason="⟦The user specified by the user-context in the token is ambiguous.⟧";error_category="invalid_user". LID: 43532`], ['FB10', 'FB33']),
  ...nodes('FB7', [
    `"${proxied}System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a receive. ---> System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host. ---> System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host"`,
  ], ['FB8']),
  ...nodes('FB8', [
    'Exception: Autodiscover failed for email address nora@notes.fabrikam.example with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverFailedException: The underlying connection was closed: An unexpected error occurred on a send.. The request information is Discovery URL : https://notes.fabrikam.example/AutoDiscover/AutoDiscover.xml, EmailAddress : SMTP:nora@notes.fabrikam.example ---> System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a send. ---> System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host.',
  ], ['FB7']),
  ...nodes('FB9', ['Microsoft.Exchange.InfoWorker.Common.Availability.AddressSpaceNotFoundException: Configuration information for forest/domain fabrikam.ro could not be found in Active Directory.. Name of the server where exception originated: HE1PR04MB. LID: 47932']),
  ...nodes('FB10', [`${proxied}⟦The request failed with HTTP status 401: Unauthorized.⟧${stack}`, `Autodiscover failed for email address joe@fabrikam.example with error System.Net.WebException: ⟦The request failed with HTTP status 401: Unauthorized.⟧${stack}`]),
  ...nodes('FB11', [
    "Autodiscover failed for email address user@fabrikam.example with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverInvalidUserException: The response from the Autodiscover service at 'https://autodiscover/autodiscover.svc/WSSecurity' failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser.. Name of the server where exception originated: DB3PR02MB0345 . LID: 33676.",
  ]),
  ...nodes('FB12', ['Microsoft.Exchange.InfoWorker.Common.Availability.NoFreeBusyAccessException: The caller does not have access to free/busy data.. Name of the server where exception originated: EX01. LID: 47652']),
  ...nodes('FB13', [`${proxied}The request failed with HTTP status 403: Forbidden ( The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. ). LID: 43532`], ['N1']),
  ...nodes('FB14', ['Recipient: user@notes.fabrikam.example\nException: Unable to resolve e-mail address user@notes.fabrikam.example to an Active Directory object. LID: 57660\nServer Name: DBXPR05MB0655\nException Type: MailRecipientNotFoundException\nResponse Code: ErrorMailRecipientNotFound']),
  ...nodes('FB15', [`ProxyWebRequestProcessingException\nErrorProxyRequestProcessingFailed\n${proxied}⟦An error occurred when processing the security tokens in the message.⟧. LID: 59916`]),
  ...nodes('FB16', ['Recipient: yyy@fabrikam.example\nException Type: CrossOrganizationProxyNotAllowedForExternalOrganization\nException Message: The cross-organization request for mailbox yyy@fabrikam.example is not allowed because the requester is from a different organization. LID: 39660']),
  ...nodes('FB17', ['Test-OAuthConnectivity : Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: ⟦Missing signing certificate.⟧\n   at Microsoft.Exchange.Security.OAuth.OAuthTokenBuilder.GetAppToken()']),
  ...nodes('FB18', ['System.Web.Services.Protocols.SoapException: The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled.']),
  ...nodes('FB19', ['Microsoft.Exchange.Net.WSTrust.SoapFaultException: Soap fault exception received. ⟦The entered and stored passwords do not match⟧']),
  ...nodes('FB20', ['Microsoft.Exchange.Net.WSTrust.SoapFaultException: Soap fault exception received. ⟦The password for the account has expired.⟧', 'Soap fault exception received. ---> ⟦The password has to be changed.⟧']),
  ...nodes('FB21', ['ErrorWin32InteropError: ⟦Provision is needed before federated account can be logged in.⟧']),
  ...nodes('FB22', ["The request timed out\n⟦Request could not be processed in time. Timeout occurred during 'Waiting-For-Request-Completion'.⟧ LID: 43404"]),
  ...nodes('FB23', [
    '<S:Fault xmlns:S="http://www.w3.org/2003/05/soap-envelope"><S:Code><S:Value>S:Sender</S:Value><S:Subcode><S:Value>wst:FailedAuthentication</S:Value></S:Subcode></S:Code><S:Reason><S:Text xml:lang="en-US">Authentication Failure</S:Text></S:Reason><S:Detail><psf:error xmlns:psf="http://schemas.microsoft.com/Passport/SoapServices/SOAPFault"><psf:value>0x80048821</psf:value><psf:internalerror><psf:code>0x80041034</psf:code><psf:text>The specified member name is either invalid or empty. </psf:text></psf:internalerror></psf:error></S:Detail></S:Fault>',
    'The email address "XGuNpVunD0afQeVNfyoUIQ==" isn\'t correct. Please use this format: user name, the @ sign, followed by the domain name. For example, tonysmith@contoso.com or tony.smith@contoso.com.\n    + CategoryInfo          : NotSpecified: (:) [Test-OrganizationRelationship], FormatException',
  ]),
  ...nodes('FB24', ['Exception: The result set contains too many calendar entries. The allowed size = 1000; the actual size = 5009. LID: 54796']),
  ...nodes('FB24b', ['Microsoft.Exchange.InfoWorker.Common.InvalidParameterException: Work hours start time must be less than or equal to end time.&#xD;\n   at Microsoft.Exchange.InfoWorker.Common.MeetingSuggestions.AttendeeWorkHours.Validate(TimeSpan startTime, TimeSpan endTime)&#xD;']),
  ...nodes('FB25', ['System.Net.WebException: The remote server returned an error: (401) Unauthorized.\nBoolean reloadConfig, diagnostics: 2000000;reason="⟦The token has an invalid signature.⟧";error_category="invalid_signature"'], ['FB10']),
  ...nodes('FB26', ["System.Net.WebException: The remote server returned an error: (401) Unauthorized.\nError:Unable to get token from Auth Server. Error code: 'invalid_client'. Description: 'AADSTS70002: Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '5F3CA11E00C0FFEE5F3CA11E00C0FFEE5F3CA11E']"], ['FB10']),
  ...nodes('FB26', ["Unable to get token from Auth Server. Error code: 'invalid_client'. Description: '⟦AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '4C2F'⟧"], ['FB10']),
  ...nodes('FB27', [`${proxied}⟦Response is not well-formed XML.⟧`, "The response received from the service didn't contain valid XML"]),
  ...nodes('FB28', ['Failed to communicate with https://login.microsoftonline.com/extSTS.srf., inner exception: Unable to connect to the remote server'], ['FB4']),
  ...nodes('FB29', ["Autodiscover failed for E-Mail Address joe@fabrikam.example with error System.Net.WebException: ⟦The remote name could not be resolved: 'mail.fabrikam.example'⟧"]),
  ...nodes('FB30', ['Failed to get ASURL. Error 8004010F']),
  ...nodes('FB31', [`${proxied}System.Net.WebException: The request failed with the error message:--&#xD;\n&lt;head&gt;&lt;title&gt;Object moved&lt;/title&gt;&lt;/head&gt;&lt;body&gt;&lt;h1&gt;Object Moved&lt;/h1&gt;&lt;/body&gt;&#xD;\n--&#xD;`]),
  ...nodes('FB32', ['System.Net.WebException: ⟦The request was aborted: Could not create SSL/TLS secure channel.⟧']),
  ...nodes('FB33', ['diagnostics: 2000005;reason="⟦The user specified by the user-context in the token does not exist.⟧";error_category="invalid_user". 401: Unauthorized'], ['FB6', 'H7', 'FB10']),
  ...nodes('FB34', ['diagnostics: 2000003;reason="⟦The hostname component of the audience claim value \'https://hybrid.fabrikam.example\' is invalid⟧";error_category="invalid_resource" 401: Unauthorized'], ['H5', 'FB10', 'H6']),
  ...nodes('M35', [`${proxied}⟦The request failed with HTTP status 503: Service Unavailable.⟧ LID: 43532`, `${proxied}⟦The request failed with HTTP status 504: Gateway Timeout.⟧ LID: 43532`]),
  ...nodes('H1', ['HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\15.0\\Common\\Identity\n    ⟦EnableADAL    REG_DWORD⟧    0x0']),
  ...nodes('H2', ['HTTP/1.1 401 Unauthorized\nWww-Authenticate: Negotiate\nWWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@f31f3647-5d87-4b69-a0b6-73f62aeab14c", token_types="app_asserted_user_v1 service_asserted_app_v1"\nX-Powered-By: ASP.NET']),
  ...nodes('H3', ['x-ms-diagnostics: 4000000;reason="Flighting is not enabled for domain \'anna@fabrikam.example\'.";error_category="oauth_not_available"']),
  ...nodes('H4', ['Location: urn:ietf:wg:oauth:2.0:oob?error=invalid_resource&error_description=AADSTS500011%3a+The+resource+principal+named+https%3a%2f%2fmail.fabrikam.example+was+not+found+in+the+tenant']),
  ...nodes('H5', ['X-FEServer: RGBMSX02\nx-ms-diagnostics: 2000003;reason="⟦The hostname component of the audience claim value \'https://autodiscover.fabrikam.example\' is invalid⟧";error_category="invalid_resource"\nX-Powered-By: ASP.NET'], ['FB34', 'H6']),
  ...nodes('H6', ['x-ms-diagnostics: 2000003;reason="⟦The hostname component of the audience claim value is invalid. Expected \'https://mail.fabrikam.example\'. Actual \'http://mail.fabrikam.example\'.⟧";error_category="invalid_resource"'], ['FB34', 'H5']),
  ...nodes('H7', ['X-FEServer: E15\nx-ms-diagnostics: 2000005;reason="⟦The user specified by the user-context in the token does not exist.⟧";error_category="invalid_user"\nX-AspNet-Version: 4.0.30319'], ['FB33', 'FB6']),
  ...nodes('H8', [
    '{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired due to it being revoked. The user might have changed or reset their password. The grant was issued on \'2017-10-28T17:20:13.2960000Z\' and the TokensValidFrom date for this user is \'2017-11-16T20:27:45.0000000Z\'\\r\\nTrace ID: f840b3e7-8740-4698-b252-d759825e0300","error_codes":[50173]}',
  ]),
  ...nodes('W1', ['HCW8064 - The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration. If you need features that rely on OAuth, you can try running the HCW again or manually configure OAuth using these manual steps.']),
  ...nodes('W2', ["Error 0x80048800\nwst:FailedAuthentication\nAADSTS901124: Application 'fydibohf25spdlt.fabrikam.example' does not exist."]),
  ...nodes('A1', [
    "2019.10.21 13:09:24.552 *ERROR* 10349 [Client=UX, Page=HybridConnectorInstall, Thread=20] The connection to the server '3e6c87b2-dcc8-4e4d-a51e-63dc1ae42acf.resource.mailboxmigration.his.msappproxy.net' could not be completed., The call to 'https://3e6c87b2-dcc8-4e4d-a51e-63dc1ae42acf.resource.mailboxmigration.his.msappproxy.net/EWS/mrsproxy.svc' failed. Error details: The HTTP request was forbidden with client authentication scheme 'Negotiate'. --> ⟦The remote server returned an error: (403) Forbidden.⟧.",
    "Protocol /OAB failed to process request from identity NT AUTHORITY\\SYSTEM. Exception: Microsoft.Exchange.Security.Authentication.BackendRehydrationException: Rehydration failed. Reason: Source server 'NT AUTHORITY\\SYSTEM' does not have token serialization permission.",
  ]),
  ...nodes('N1', ['System.Net.WebException: ⟦The remote server returned an error: (403) Forbidden.⟧ Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.office365.com/EWS/Exchange.asmx']),
  ...nodes('P1', ['⟦MANAGEMENT_UNREACHABLE: The admin API at localhost:444 cannot be reached.⟧ Check the address, and that the organisation runs.']),
  ...nodes('P2', ['HTTP/1.1 401 Unauthorized\nx-ms-diagnostics: 2000002;reason="⟦The token is not yet valid.⟧";error_category="invalid_lifetime"'], ['FB10']),
  ...nodes('P3', ['Log Name: Application\nSource: MSExchangeTransport\nEvent ID: 12018\n⟦The STARTTLS certificate will expire soon: subject: CN=mail.contoso.com, thumbprint: 0F2C6C0B6A1A4E5E9C2B7C1C3F0E1D2A3B4C5D6E, hours remaining: 240.⟧ Run the New-ExchangeCertificate cmdlet to create a new certificate.']),
  ...nodes('P4', ['{"level":50,"party":"agent","code":"AGENT_LOG_UNWRITABLE","msg":"⟦Lines of the access log are lost.⟧ Make room on its disk, and check the permissions of its folder; the log has the cause."}']),
];
