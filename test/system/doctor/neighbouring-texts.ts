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
`
  .trim()
  .split('\n');
