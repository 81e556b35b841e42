/** More texts that are none of the catalogue's: bounces, sign-ins, printers, other languages, and what stands beside our failures in the same logs. */
export const neighbouringTexts: readonly string[] = `
550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
550 5.4.1 Recipient address rejected: Access denied. AS(201806281)
550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed because the sender was not authenticated when sending to this group
550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.
550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain.
421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2.
452 4.5.3 Too many recipients
554 5.2.2 mailbox full;STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded
Diagnostic information for administrators: Generating server: AM6PR04MB.eurprd04.prod.outlook.com Remote server returned '554 5.2.0 STOREDRV.Deliver; delivery result banner'
Ihre Nachricht wurde nicht an einige oder alle Empfänger übermittelt. Der folgende Empfänger kann nicht erreicht werden.
Le message n'a pas pu être remis car le destinataire n'existe pas.
AADSTS50034: The user account does not exist in the contoso.com directory. To sign into this application, the account must be added to the directory.
AADSTS50053: The account is locked, you've tried to sign in too many times with an incorrect user ID or password.
AADSTS50055: The password is expired.
AADSTS50057: The user account is disabled.
AADSTS50079: The user is required to use multi-factor authentication.
AADSTS65001: The user or administrator has not consented to use the application with ID '1950a258-227b-4e31-a9cf-717495945fc2'.
AADSTS70008: The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.
AADSTS90002: Tenant 'contoso.example' not found. This may happen if there are no active subscriptions for the tenant.
AADSTS90033: A transient error has occurred. Please try again.
AADSTS530003: Your device is required to be managed to access this resource.
{"error":{"code":"ErrorAccessDenied","message":"Access is denied. Check credentials and try again."}}
{"error":{"code":"MailboxNotEnabledForRESTAPI","message":"The mailbox is either inactive, soft-deleted, or is hosted on-premise."}}
{"error":{"code":"ApplicationThrottled","message":"Application is over its MailboxConcurrency limit."}}
{"error":{"code":"ErrorInternalServerError","message":"The SMTP address has no mailbox associated with it."}}
{"error":"unauthorized_client","error_description":"The client is not authorized to request a token using this method."}
ErrorNonExistentMailbox: The SMTP address has no mailbox associated with it.
ErrorMailboxMoveInProgress: Mailbox move in progress. Try again later.
ErrorServerBusy: The server cannot service this request right now. Try again later.
ErrorImpersonateUserDenied: The account does not have permission to impersonate the requested user.
ErrorSchemaValidation: The request failed schema validation: The required attribute 'Id' is missing.
ErrorCalendarDurationIsTooLong: The duration of the calendar item exceeds the maximum.
ErrorFolderNotFound: The specified folder could not be found in the store.
ErrorInvalidIdMalformed: Id is malformed.
ErrorExceededFindCountLimit: You have exceeded the maximum number of objects that can be returned for the find operation.
MapiExceptionNoAccess: Unable to open message store. (hr=0x80070005, ec=-2147024891)
MapiExceptionNetworkError: Unable to make connection to the server. (hr=0x80040115, ec=0)
MapiExceptionLogonFailed: Unable to open message store. (hr=0x80040111, ec=1010)
Couldn't connect to the source mailbox. --> Error 0x6ba (The RPC server is unavailable)
MigrationTransientException: Mailbox Replication Service was unable to process jobs in mailbox database because the database is not healthy
SourceMailboxAlreadyBeingMovedPermanentException: Couldn't switch the mailbox into Sync Source mode.
Set-Mailbox : The operation on mailbox "zoe" failed because it's out of the current user's write scope.
New-MoveRequest : The queue in the database already contains a move request for user 'zoe', while AllowLargeItems isn't set.
Enable-RemoteMailbox : Database is mandatory on UserMailbox.
Update-Recipient : Active Directory operation failed on dc01.corp.example. This error is not retriable.
Get-MailboxFolderStatistics : The specified mailbox Identity:"zoe" doesn't exist.
Get-ExchangeCertificate : The certificate status could not be determined because the revocation check failed.
WARNING: The Exchange certificate's private key is not accessible.
Connect-ExchangeOnline: A window handle must be configured. See https://aka.ms/msal-net-wam#parent-window-handles
Connect-MgGraph: InteractiveBrowserCredential authentication failed: User canceled authentication.
Invoke-WebRequest : The proxy name could not be resolved: 'proxy.corp.example'
Invoke-RestMethod : {"Message":"The requested resource does not support http method 'GET'."}
Install-Module: No match was found for the specified search criteria and module name 'ExchangeOnlineManagment'.
MSExchangeTransport 1035: Inbound authentication failed with error LogonDenied for Receive connector Client Proxy EX1.
MSExchangeTransport 12025: Transport service is shutting down.
MSExchangeIS 9646: Mapi session exceeded the maximum of 500 objects of type objtMessage.
MSExchangeRepl 4113: Database redundancy health check failed. Database copy: MDB01 Redundancy count: 1
MSExchange Mid-Tier Storage 10001: Unable to initialize the store object provider.
ESENT 455: svchost Error -1032 occurred while opening logfile edb.log.
ASP.NET 4.0 1309: Event code: 3005 Event message: An unhandled exception has occurred. Exception type: HttpException Exception message: Request is not available in this context.
Schannel 36888: The following fatal alert was generated: 40. The internal error state is 107.
Schannel 36874: An TLS 1.2 connection request was received from a remote client application, but none of the cipher suites supported by the client application are supported by the server.
KDC 27: While processing a TGS request for the target server HTTP/ex1, the account zoe did not have a suitable key for generating a Kerberos ticket.
NETLOGON 5719: This computer was not able to set up a secure session with a domain controller in domain CORP due to the following: There are currently no logon servers available.
DCOM 10016: The application-specific permission settings do not grant Local Activation permission for the COM Server application
Print Spooler 372: The document Microsoft Word - brief.docx owned by zoe failed to print on printer HP LaserJet 4250. Try to print the document again.
lpd[311]: lp0: paper jam, tray 2; job 4711 of zoe is held
cups: Unable to locate printer "hp4250.local". The printer may not exist or is unavailable at this time.
E [21/Nov/2026:09:00:01 +0100] [Job 23] Stopping job because the scheduler could not execute a filter.
Drucker offline: Das Dokument konnte nicht gedruckt werden, weil kein Papier eingelegt ist.
Der Name des Remoteservers konnte in der Adressliste nicht gefunden werden.
Die Anforderung ist fehlgeschlagen. Bitte versuchen Sie es später erneut.
Zugriff verweigert. Sie verfügen nicht über ausreichende Berechtigungen.
La connexion au serveur a été interrompue pendant la synchronisation du téléphone.
この操作を実行するアクセス許可がありません。
El servidor no está disponible en este momento. Vuelva a intentarlo más tarde.
git: error: RPC failed; HTTP 401 curl 22 The requested URL returned error: 401
docker: Error response from daemon: unauthorized: authentication required
kubectl: error: You must be logged in to the server (Unauthorized)
aws: An error occurred (403) when calling the HeadObject operation: Forbidden
terraform: Error: Failed to get existing workspaces: Unable to list provider registration status, it is possible that this is due to invalid credentials
S3: <Error><Code>AccessDenied</Code><Message>Access Denied</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>
HTTP/1.1 401 Unauthorized Content-Type: text/html Server: nginx WWW-Authenticate: Basic realm="staging"
HTTP/1.1 403 Forbidden Server: cloudflare CF-RAY: 7d0a2f9
HTTP/1.1 503 Service Unavailable Retry-After: 120 X-Cache: Error from cloudfront
GET /api/v1/users 401 3.112 ms - 27
{"level":"error","msg":"upstream connect error or disconnect/reset before headers. reset reason: connection failure"}
haproxy[99]: Server bk_owa/ex1 is DOWN, reason: Layer7 wrong status, code: 401, info: "Unauthorized", check duration: 3ms.
sshd[811]: Failed password for invalid user admin from 203.0.113.9 port 55512 ssh2
sudo: pam_unix(sudo:auth): authentication failure; logname=zoe uid=1000
LDAP: error code 49 - 80090308: LdapErr: DSID-0C090447, comment: AcceptSecurityContext error, data 52e, v3839
Access token validation failure. Invalid audience.
The SSL connection could not be established, see inner exception.
System.Net.Http.HttpRequestException: Response status code does not indicate success: 404 (Not Found).
System.Net.Sockets.SocketException (111): Connection refused
System.TimeoutException: The operation has timed out.
System.Security.Cryptography.CryptographicException: Keyset does not exist
System.IO.IOException: The process cannot access the file because it is being used by another process.
System.Xml.XmlException: Root element is missing.
The calendar sharing invitation could not be sent to one or more recipients because of your organization's policies.
You don't have permission to view this calendar. Ask the owner for access.
Meeting Room Manager: this room can't be booked more than 180 days in advance.
Your meeting request was declined. The conference room is already reserved at that time.
Could you please share your calendar with me, so that I can see whether you are free on Friday?
The free/busy information of the room is published every fifteen minutes.
Out of office: I am away until 30 November and will answer when I am back.
The HTTP request was forbidden with client authentication scheme 'Basic'.
Unable to connect to the remote desktop server. Verify the gateway and try again.
Windows could not connect to the remote server that holds the roaming profile.
Unable to read data from the transport stream: the peer sent a close notification.
An existing connection was dropped by the remote firewall after 3600 seconds without traffic.
The remote host closed the session for a reason that is not known.
The remote name of the printer could not be found in the directory.
The remote server could not be resolved, check your spelling.
The request was aborted because the user pressed Cancel.
The request was aborted: The operation has timed out.
Could not create a secure channel to the domain controller: no logon servers are available.
The token has a valid signature and an invalid audience.
The token has been revoked by an administrator.
The token is no longer valid, sign in once more.
The signature of the assertion is invalid or the assertion has been tampered with.
The assertion contains an invalid subject.
The user specified by the service account does not exist on this computer.
The user named in the context of this request is disabled.
The user specified in the message is ambiguous: choose one of the list.
The caller does not have permission to the calendar folder of the room.
The password of the service account has expired, change it in the vault.
Your password has to be changed within 14 days.
The password for the key store is wrong.
The entered password does not match the confirmation.
The stored procedure and the entered parameters do not match.
Provision the account in the portal before you log in to the application.
The result contains too many calendar years; the chart shows ten of them.
The end time of the meeting must be later than its start time.
Work hours must start before they end; this is an error of the form.
Request could not be processed: the queue is full. Try again in 30 seconds.
Timeout occurred during the import of calendar entries, 12 of 400 were read.
An error occurred when processing the payment, the card was not charged.
An error occurred when verifying the checksum for the download.
The security token in the cookie of this form has run out: reload the page.
The response was well-formed XML and failed validation against the schema.
The response received from the payment service didn't contain a price.
The request failed with the error message of the upstream system, see the log.
Object moved: the file was moved to the archive folder.
The application is missing a linked library: libicu67.
The application's linked account was removed from the group.
The certificate for signing is missing on two of three servers; this farm uses the third.
The organization's cross-tenant request for the mailbox was approved by the requester's manager.
The requester is from a different department, so the request for the mailbox is not allowed.
The remote user must specify a local mailbox in the form.
Failed to communicate with the licensing server https://license.example.org/activate.srf
Failed to get URL of the update server. Error 80072EE7
The server denied the request because the quota of the specified user is used up.
The specified URL was denied by the proxy: category gambling. Contact the help desk.
The hostname of the certificate does not match the expected value 'https://www.example.org'.
The audience of the token is invalid: expected 'api://a', actual 'api://b'.
The resource you named was not found in the tenant's catalogue.
The grant was issued on 3 May and expires on 1 June; the grantee might have changed the account.
The wizard has completed, but was not able to install the optional portion of the product.
Application 'calculator' does not exist on this phone.
The specified member of the group is either disabled or external.
The email address isn't in the list of members. Please use another one.
Source server 'FS01' does not have backup permission on the share.
The MRS of the region is disabled for maintenance.
The relay on channel 4 does not answer; check the fuse.
The admin of this group cannot be reached by phone.
Autodiscover could not be reached, so Outlook uses the settings that it has.
`
  .trim()
  .split('\n');
