/** What administrators paste: mails, consoles, logs, event viewer, chats, phones. Names are made up. */
export interface Paste {
  /** The failure that is named first; nothing where it is none of the catalogue’s. */
  id?: string;
  /** The cause that the text itself puts first. */
  cause?: string;
  text: string;
}

export const pastes: readonly Paste[] = [
  { id: 'FB10', text: `Von: Meyer, Katrin <k.meyer@contoso.example>
Gesendet: Montag, 16. November 2026 09:12
An: IT-Hotline
Betreff: WG: Keine Frei/Gebucht-Infos

Hallo zusammen,
ich sehe bei Kollegen in München nur schraffierte Balken ("Keine Informationen"). Im F12 steht das hier:

{"Body":{"ErrorMessage":"Proxy web request failed. , inner exception: The request fa=
iled with HTTP status 401: Unauthorized. ","ResponseCode":"ErrorProxyRequestProc=
essingFailed"}}

Mit freundlichen Grüßen
Katrin Meyer` },
  { id: 'FB17', text: `Test-OAuthConnectivity : Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFaile
dException: Missing signing certificate.
   at Microsoft.Exchange.Security.OAuth.OAuthTokenBuilder.GetAppToken(OrganizationId
 organizationId, String destinationHost, String realmFromAuthChallenge, IssuerMetada
ta trustedIssuer)
At line:1 char:1
+ Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.office365.com/ ...
+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
    + CategoryInfo          : NotSpecified: (:) [], TaskException` },
  { id: 'FB33', text: `PS C:\\> Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.office365.com/ews/exchange.asmx -Mailbox anna | fl

RunspaceId  : 5b1c0a3e-7a5f-4f0b-9a3b-c1de00f0ba11
Task        : Checking EWS API Call Under Oauth
Detail      : The configuration was last successfully loaded at 1/1/0001 12:00:00 AM UTC. This was
              1065756325 minutes ago.
              The token cache is being cleared because "use cached token" was set to false.
              Exchange Outbound Oauth Log:
              Client request ID: 0bfbff9b-2a0c-4a7e-a3f5-2d2a4f2f1c5e
              Error:The remote server returned an error: (401) Unauthorized.
              Exchange Response Details:
              HTTP response message:
              Exception:
              System.Net.WebException: The remote server returned an error: (401) Unauthorized.
                 at System.Net.HttpWebRequest.GetResponse()
              Boolean reloadConfig), diagnostics: 2000005;reason="The user specified by the
              user-context in the token does not exist.";error_category="invalid_user"
ResultType  : Error
Identity    : Microsoft.Exchange.Security.OAuth.ValidationResultNodeId
IsValid     : True
ObjectState : New` },
  { id: 'FB10', cause: 'fb10-wssecurity-off', text: `2026-11-16 08:14:02 10.1.2.21 POST /ews/exchange.asmx/WSSecurity &CorrelationID=<empty>;&cafeReqId=4f0c; 443 - 40.101.12.4 ASProxy/CrossForest/EmailDomain//15.20.8158.021 - 401 0 0 15` },
  { id: 'A1', text: `Log Name:      Application
Source:        MSExchange Common
Date:          16.11.2026 09:44:10
Event ID:      3002
Task Category: General
Level:         Error
Computer:      EX01.contoso.local
Description:
Protocol /EWS failed to process request from identity CONTOSO\\HYBAGENT$. Exception: Microsoft.Exchange.Security.Authentication.BackendRehydrationException: Rehydration failed. Reason: Source server 'CONTOSO\\HYBAGENT$' does not have token serialization permission.
   at Microsoft.Exchange.Security.Authentication.BackendRehydrationModule.TryGetCommonAccessToken(HttpContext httpContext, Stopwatch stopwatch, CommonAccessToken& token)` },
  { id: 'FB3', text: `> > > Proxy web request failed. , inner exception:
> > > System.Web.Services.Protocols.SoapHeaderException: An error occurred
> > > when verifying security for the message.. Name of the server where
> > > exception originated: AM6PR05MB4920
> >
> > did you try Get-FederationTrust | Set-FederationTrust -RefreshMetadata ?
>
> yes, twice.` },
  { id: 'FB9', text: `Fehler in OWA (F12 > Netzwerk > GetUserAvailabilityInternal):
"MessageText":"Microsoft.Exchange.InfoWorker.Common.Availability.AddressSpaceNotFoundException: Die Konfigurationsinformationen f\\u00FCr Gesamtstruktur/Dom\\u00E4ne contoso.example konnten nicht in Active Directory gefunden werden.","ResponseCode":"ErrorMailRecipientNotFound" LID: 47932` },
  { id: 'FB7', text: `Proxy web request failed. , inner exception: La connexion sous-jacente a été fermée : Une erreur inattendue s'est produite lors de la réception.` },
  { id: 'FB12', text: `Hey, users get this
The caller does not have
access to free/busy data..
Name of the server
Sent from my iPhone` },
  { id: 'FB22', text: `"Request could not be processed in time. Timeout occurred during ‘Waiting-For-Requ…

Von meinem iPhone gesendet` },
  { id: 'FB31', text: `&lt;p&gt;Proxy web request failed. , inner exception: System.Net.WebException: The request failed with the error message:--&amp;#xD;&lt;br&gt;&amp;lt;head&amp;gt;&amp;lt;title&amp;gt;Object moved&amp;lt;/title&amp;gt;&lt;/p&gt;` },
  { id: 'W1', text: `HCW8064 - The HCW has completed, but was not able to perform the OAuth portion of your Hybrid
configuration. If you need features that rely on OAuth, you can try running the HCW again or manually configure` },
  { id: 'A1', text: `2026.11.16 09:44:12.091 *ERROR* 10349 [Client=UX, Page=HybridConnectorInstall, Thread=20] The connection to the server 'xyz.resource.mailboxmigration.his.msappproxy.net' could not be completed., The call to 'https://xyz.resource.mailboxmigration.his.msappproxy.net/EWS/mrsproxy.svc' failed. Error details: The HTTP request is unauthorized with client authentication scheme 'Negotiate'. The authentication header received from the server was ''..` },
  { id: 'FB29', text: `[8:12 AM] Petra: any idea??
[8:12 AM] Petra:
System.Net.WebException: The remote name could not be resolved: 'autodiscover.fabrikam.example'
[8:13 AM] Jo: dns?` },
  { id: 'FB32', text: `Invoke-WebRequest: The SSL connection could not be established, see inner exception.
Test-MigrationServerAvailability:
Line |
   1 |  Test-MigrationServerAvailability -ExchangeRemoteMove -RemoteServer ma …
     |  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
     | The request was aborted: Could not create SSL/TLS secure channel.` },
  { id: 'FB34', text: `              diagnostics: 2000003;reason="The hostname component of the audience claim value
              'https://mail.contoso.example' is invalid";error_category="invalid_resource"` },
  { id: 'H6', text: `HTTP/1.1 401 Unauthorized
Server: Microsoft-IIS/10.0
x-ms-diagnostics: 2000003;reason="The hostname component of the audience claim value is invalid. Expected 'https://mail.contoso.example'. Actual 'http://mail.contoso.example'.";error_category="invalid_resource"` },
  { id: 'H8', text: `Fehlercode der Anmeldung: 50173
Fehlerursache: The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{authTime}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{validDate}'.` },
  { id: 'H4', text: `Sorry, but we’re having trouble signing you in.
AADSTS500011: The resource principal named https://mail.contoso.example/ was not found in the tenant named Contoso GmbH. This can happen if the application has not been installed
Request Id: 8d5b6a1e-2b26-4c51-8f90-9a7ac0f12a00
Correlation Id: 3fae0b4c-1111-4dbb-a0d5-3c9f2e0b4a11
Timestamp: 2026-11-16T08:01:44Z` },
  { id: 'W2', text: `Test-OrganizationRelationship -Identity "On-premises to O365 - 7b1e" -UserIdentity anna@contoso.example -Verbose
...
VERBOSE: [08:12:44.411 GMT] Test-OrganizationRelationship : Soap fault exception received. 
Microsoft.Exchange.Net.WSTrust.SoapFaultException: Soap fault exception received.
<psf:text>AADSTS901124: Application 'fydibohf25spdlt.contoso.example' does not exist.</psf:text>
LAST STEP: Writing results...` },
  { id: 'N1', text: `Since October: on-prem users can't see free busy of cloud users. Test-OAuthConnectivity from onprem:
Error:The remote server returned an error: (403) Forbidden. ; x-ms-diagnostics 
Exchange Hybrid dedicated app?` },
  { id: 'FB23', text: `The email address "XGuNpVunD0afQeVNfyoUIQ==" isn't correct. Please use this format: user name, the @ sign, followed
by the domain name. For example, tonysmith@contoso.example or tony.smith@contoso.example.
    + CategoryInfo          : NotSpecified: (:) [Test-OrganizationRelationship], FormatException
    + FullyQualifiedErrorId : [Server=EX01,RequestId=,TimeStamp=11/16/2026 8:14:12 AM] [FailureCategory=Cmdlet-FormatException]` },
  { id: 'FB24b', text: `Ort: Raum Isar (4.OG)
S:Fault xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><faultstring>Microsoft.Exchange.InfoWorker.Common.InvalidParameterException: Work hours start time must be less than or equal to end time.&#xD;` },
  { id: 'FB24', text: `"ErrorMessage": "Microsoft.Exchange.InfoWorker.Common.Availability.ResultSetTooBigException: The result set contains too many calendar entries. The allowed size = 1000; the actual size = 1206.. Name of the server where exception originated: VI1"` },
  { id: 'FB16', text: `Exception Type: CrossOrganizationProxyNotAllowedForExternalOrganization LID: 39660` },
  { id: 'FB8', text: `Autodiscover failed for email address max@notes.contoso.example with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverFailedException: Autodiscover failed for email address max@notes.contoso.example with error System.Net.WebException: Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden..` },
  { id: 'FB4', text: `Proxy web request failed. , inner exception: System.Net.WebException: Die Verbindung mit dem Remoteserver kann nicht hergestellt werden. ---> System.Net.Sockets.SocketException: Ein Verbindungsversuch ist fehlgeschlagen, da die Gegenstelle nach einer bestimmten Zeitspanne nicht richtig reagiert hat` },
  { id: 'FB10', text: `Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert.` },
  { id: 'FB32', text: `Die Anfrage wurde abgebrochen: Es konnte kein geschützter SSL/TLS-Kanal erstellt werden.` },
  { id: 'FB29', text: `System.Net.WebException: Der Remotename konnte nicht aufgelöst werden: 'mail.contoso.example'` },
  { id: 'M35', text: `Die Anforderung ist mit HTTP-Status 503 fehlgeschlagen: Service Unavailable.` },
  { id: 'M35', text: `2026-11-16T08:02:11.034Z,1d2f7c0e-0a0e-4d0c-9c4e-30a0c5f5f0f1,15,2,1544,11,,Ews,mail.contoso.example,/ews/exchange.asmx,,,False,,,,ASProxy/CrossForest/EmailDomain//15.20.8158.021,40.101.12.4,EX01,503,,ConnectFailure,POST,Proxy,ex02.contoso.local` },
  { id: 'FB30', text: `Test E-mail AutoConfiguration | Protocol log
Attempting URL https://autodiscover.contoso.example/autodiscover/autodiscover.xml found through SCP
Autodiscover to https://... starting
olk log: 0x8004010F Failed to get ASURL. Error 8004010F, FB lookup` },
  { id: 'FB18', text: `ErrorMessage":"Proxy web request failed. , inner exception: System.Web.Services.Protocols.SoapException: The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignm` },
  { id: 'FB2', text: `Fwd: Ticket 33120
--- 
MessageText: The remote user mailbox must specify the the explicit
local mailbox in the header.. Name of the server where exception
originated: EX13-01` },
  { id: 'H3', text: `x-ms-diagnostics: 4000000;reason="Flighting is not enabled for domain 'contoso.example'.";error_category="oauth_not_available" ` },
  { id: 'FB22', text: `Die Anforderung konnte nicht rechtzeitig verarbeitet werden. Timeout bei "Waiting-For-Request-Completion". LID: 43404` },
  { id: 'FB28', text: `Failed to communicate with https://login.microsoftonline.com/extSTS.srf., inner exception: Der Remoteserver hat einen Fehler` },
  { id: 'FB13', text: `Error code: 403 Forbidden. The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. (12202)` },
  { id: 'FB27', text: `Autodiscover failed for email address jo@contoso.example with error System.Xml.XmlException: Response is not well-formed XML. ---> There is an error in XML document (1, 2).` },
  { id: 'FB26', text: `Unable to get token from Auth Server. Error code: 'invalid_client'. Description: 'AADSTS700027: The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Thumbprint of key used by client: '1CA3` },
  { id: 'A1', text: `Get-MigrationUser | Get-MigrationUserStatistics | fl Error
Error: MigrationTransientException: The call to 'https://mail.contoso.example/EWS/mrsproxy.svc' failed. Error details: The HTTP request was forbidden with client authentication scheme 'Negotiate'. --> The remote server returned an error: (403) Forbidden.. --> The call to ` },
  { text: `550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup` },
  { text: `550 5.4.1 Recipient address rejected: Access denied. AS(201806281)` },
  { text: `Outlook cannot open your default e-mail folders. The file C:\\Users\\a\\x.ost is not a Outlook data file.` },
  { id: 'M35', text: `HTTP Error 503. The service is unavailable.` },
  { id: 'M35', cause: 'm35-pool-stopped', text: `HTTP/1.1 503 Service Unavailable
Content-Type: text/html; charset=us-ascii
Server: Microsoft-HTTPAPI/2.0
Date: Sat, 21 Nov 2026 07:12:44 GMT
Connection: close
Content-Length: 326` },
  { id: 'M35', cause: 'm35-pool-stopped', text: `503 / Server: Microsoft-HTTPAPI/2.0` },
  { text: `HTTP/1.1 400 Bad Request
Content-Type: text/html; charset=us-ascii
Server: Microsoft-HTTPAPI/2.0` },
  { text: `HTTP/1.1 503 Service Unavailable
Server: nginx` },
  { id: 'FB5', text: `<FaultString>The request failed with HTTP status 404: Not Found.</FaultString> Autodiscover failed for email address` },
  { id: 'FB20', text: `AADSTS50055 / The password for the account has expired.` },
  { id: 'FB25', text: `2000000;reason="The token has an invalid signature.";error_category="invalid_signature"` },
  { id: 'P2', text: `x-ms-diagnostics: 2000002;reason="The token is not yet valid. ";error_category="invalid_lifetime"` },
  { id: 'FB11', text: `The response from the Autodiscover service at 'https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc/WSSecurity' failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser.. Name of the server` },
  { id: 'FB14', text: `Unable to resolve e-mail address SMTP:max@notes.contoso.example to an Active Directory object.` },
];
