/** Errors and prose that are none of the catalogue's, many of them neighbours: Exchange's own, the cloud's, other programs'. */
export const foreignTexts: readonly string[] = `
550 5.1.1 RESOLVER.ADR.RecipNotFound; not found
550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain
554 5.6.211 Invalid MIME Content: Single text value size (32782) exceeded allowed maximum (32768).
451 4.7.0 Temporary server error. Please try again later. PRX2
452 4.3.1 Insufficient system resources (UsedVersionBuckets)
421 4.4.2 Connection dropped due to SocketError
StalledDueToTarget_MdbReplication
TooManyBadItemsPermanentException: This mailbox exceeded the maximum number of corrupted items that were specified for this move request.
The mailbox move request is stalled because the content index of the target database is not healthy.
MigrationPermanentException: Error: Target mailbox doesn't have an SMTP proxy matching 'contoso.mail.onmicrosoft.com'.
Cannot find a recipient that has mailbox GUID 'f1c2d7a4-0000-4f0e-9d20-1c1f4a9b2b3e'.
The operation couldn't be performed because object 'zoe' couldn't be found on 'DC01.corp.example'.
The proxy address "smtp:zoe@example.org" is already being used by the proxy addresses or LegacyExchangeDN of "Zoe".
The term 'Get-Mailbx' is not recognized as the name of a cmdlet, function, script file, or operable program.
A parameter cannot be found that matches parameter name 'Identty'.
Access is denied. You can't run this cmdlet because your role doesn't permit it.
New-PSSession : [outlook.office365.com] Connecting to remote server failed with the following error message : WinRM cannot complete the operation.
Process Microsoft.Exchange.Store.Worker.exe: Database Mailbox Database 0123 was dismounted because of ESE error -1018.
Event ID 2080 MSExchange ADAccess: Exchange Active Directory Provider has discovered the following servers
MSExchange ActiveSync 1053: Exchange ActiveSync doesn't have sufficient permissions to create the container
Event ID 12014: Microsoft Exchange could not find a certificate that contains the domain name mail.example.org in the personal store on the local computer.
Autodiscover: 0x800C8203 test e-mail autoconfiguration failed for local SCP lookup
Outlook cannot log on. Verify you are connected to the network and are using the proper server and mailbox name.
Cannot open your default e-mail folders. The file outlook.ost is in use and cannot be accessed.
Task 'zoe@example.org' reported error (0x8004011D): The server is not available.
Send/receive error 0x800CCC0E: Cannot connect to the server.
The set of folders cannot be opened. The attempt to log on to Microsoft Exchange has failed.
You can't open this item because it has expired or was recalled.
AADSTS50126: Error validating credentials due to invalid username or password.
AADSTS50076: Due to a configuration change made by your administrator, you must use multi-factor authentication to access '00000003-0000-0000-c000-000000000000'.
AADSTS700016: Application with identifier 'f0e1' was not found in the directory 'contoso'.
AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.
AADSTS500121: Authentication failed during strong authentication request.
AADSTS50058: A silent sign-in request was sent but no user is signed in.
AADSTS53003: Access has been blocked by Conditional Access policies.
AADSTS90072: User account from identity provider does not exist in tenant and cannot access the application.
AADSTS50105: The signed in user is not assigned to a role for the application.
AADSTS500133: Assertion is not within its valid time range.
{"error":{"code":"InvalidAuthenticationToken","message":"Access token has expired or is not yet valid."}}
{"error":{"code":"ErrorItemNotFound","message":"The specified object was not found in the store."}}
{"error":{"code":"Request_ResourceNotFound","message":"Resource 'zoe' does not exist or one of its queried reference-property objects are not present."}}
{"error":"invalid_scope","error_description":"The provided value for scope is not valid."}
Directory synchronization: dn-attributes-failure. The object has a reference to an object that is not in scope.
Unable to update this object because the following attributes associated with this object have values that may already be associated with another object in your local directory services.
stopped-server-down: unable to connect to the Windows Azure Active Directory service
The server was unable to process the request due to an internal error. For more information about the error, turn on IncludeExceptionDetailInFaults.
System.ServiceModel.EndpointNotFoundException: There was no endpoint listening at net.tcp://localhost/Microsoft.Exchange.Directory.TopologyService
System.IO.FileNotFoundException: Could not load file or assembly 'Newtonsoft.Json, Version=9.0.0.0'
System.NullReferenceException: Object reference not set to an instance of an object.
System.OutOfMemoryException: Exception of type 'System.OutOfMemoryException' was thrown.
System.ArgumentNullException: Value cannot be null. Parameter name: source
System.InvalidOperationException: Sequence contains no elements
System.Data.SqlClient.SqlException: Timeout expired. The timeout period elapsed prior to completion of the operation or the server is not responding.
HTTP Error 500.19 - Internal Server Error. The requested page cannot be accessed because the related configuration data for the page is invalid.
HTTP Error 413.1 - Request Entity Too Large
HTTP Error 502.3 - Bad Gateway. There was a connection error while trying to route the request.
Server Error in '/owa' Application. An item with the same key has already been added.
2026/11/21 07:00:01 [error] 31#31: *7 upstream timed out (110: Connection timed out) while reading response header from upstream
nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)
AH00558: apache2: Could not reliably determine the server's fully qualified domain name
curl: (60) SSL certificate problem: unable to get local issuer certificate
curl: (6) Could not resolve host: registry.example.org
curl: (28) Operation timed out after 10001 milliseconds with 0 bytes received
ssh: connect to host db1 port 22: Connection refused
Host key verification failed.
fatal: Authentication failed for 'https://git.example.org/a/b.git/'
error: failed to push some refs to 'origin'
npm ERR! code ERESOLVE npm ERR! ERESOLVE unable to resolve dependency tree
Error: Cannot find module './dist/index.js'
TypeError: Cannot read properties of undefined (reading 'map')
Error: connect ECONNREFUSED 127.0.0.1:5432
java.net.SocketTimeoutException: Read timed out
javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target
org.postgresql.util.PSQLException: FATAL: password authentication failed for user "app"
ORA-28001: the password has expired
ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)
Your password will expire in 5 days. Please change it before Monday.
psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint
Traceback (most recent call last): File "app.py", line 12, in <module> KeyError: 'user'
kernel: Out of memory: Killed process 4242 (java) total-vm:812345kB
systemd[1]: nginx.service: Failed with result 'exit-code'.
dockerd: failed to start daemon: error initializing graphdriver
Back-off restarting failed container
x509: certificate signed by unknown authority
Kerberos: KDC_ERR_S_PRINCIPAL_UNKNOWN for HTTP/mail.example.org
KRB_AP_ERR_SKEW: Clock skew too great
The trust relationship between this workstation and the primary domain failed.
Event 4625: An account failed to log on. Failure Reason: Unknown user name or bad password.
Event 36887 Schannel: A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 70.
W32Time 129: NtpClient was unable to set a domain peer to use as a time source because of discovery error.
DNS Server 4013: The DNS server is waiting for Active Directory Domain Services to signal that the initial synchronization has been completed.
The group policy framework should call the extension in the synchronous foreground policy refresh.
VSS error 8194: Unexpected error querying for the IVssWriterCallback interface. hr = 0x80070005, Access is denied.
The backup of the file or folder was not successful. Error 0x81000019
Windows Update failed: 0x80240034
Installing prerequisites: .NET Framework 4.8 is required to run setup.
A reboot from a previous installation is pending. Please restart the system and rerun setup.
Teams: We couldn't sign you in. If this error persists, contact your system administrator and provide the error code CAA20003.
OneDrive: error code 0x8004de40 there was a problem connecting.
SharePoint: Sorry, something went wrong. File Not Found.
Skype for Business couldn't find a server for example.org.
Zoom error 5003: Unable to connect. Please check your network connection and try again.
BackupExec: V-79-57344-65033 - Directory not found. Can not backup directory.
Veeam: Failed to truncate Exchange transaction logs. VSSControl: -2147467259
This message was blocked because its content presents a potential security issue.
Delivery has failed to these recipients or groups: the recipient's mailbox is full and can't accept messages now.
Remote Server returned '550 5.7.1 Unauthenticated email from example.org is not accepted due to domain's DMARC policy'
The calendar folder cannot be displayed. Your server administrator has limited the number of items you can open simultaneously.
The meeting request could not be updated because the organizer has cancelled the meeting.
The room mailbox declined your meeting because it conflicts with another one on Tuesday at ten.
Could we move our meeting to Thursday? The free/busy grid shows that everybody has time from two o'clock on.
The new firewall will be installed next Saturday; the connection to the Internet is interrupted for ten minutes.
Dear all, the certificate of the intranet has been renewed. Please tell us if a warning appears in your browser.
Bitte prüfen Sie, ob das Postfach von Frau Weber inzwischen in der Cloud liegt. Vielen Dank!
Le service informatique vous informe que votre mot de passe a été modifié.
We have completed the migration of 40 mailboxes. There were no errors, and users have been told to restart Outlook.
How do I see which users are still on the old server? I have tried Get-Mailbox -Server EX01.
Please run the Hybrid Configuration Wizard again on Monday and send me the log.
2019.10.21 13:09:24.552 10276 [Client=UX, Session=OnPremises, Cmdlet=Get-HybridConfiguration, Thread=20] START Get-HybridConfiguration
2019.10.21 13:10:30.101 10277 [Client=UX, Session=Tenant, Cmdlet=Get-AcceptedDomain, Thread=8] FINISH Time=6140.9ms Results=3
2026-11-21 07:00:00 10.0.0.5 POST /EWS/Exchange.asmx - 443 - 40.107.1.1 ASProxy/CrossForest/EmailDomain/EXCH/15.20 - 200 0 0 140
2026-11-21 07:00:00 10.0.0.5 GET /owa/ - 443 corp\\zoe 192.0.2.4 Mozilla/5.0 - 302 0 0 15
RunspaceId : 1f2e Task : Checking EWS API Call Under Oauth ResultType : Success Identity : Microsoft.Exchange.Security.OAuth.ValidationResultNodeId IsValid : True
Name : HybridIOC - 8c1f TargetAddressDomains : {contoso.com} DiscoveryEndpoint : https://autodiscover.contoso.com/autodiscover/autodiscover.svc Enabled : True
WWW-Authenticate: Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@f31f3647-5d87-4b69-a0b6-73f62aeab14c", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"
HCW8078 - Migration Endpoint could not be created.
HCW8057 - Federated organization relationship is not configured: Autodiscover is not reachable from the cloud.
HCW8126: admin consent was not granted.
2000004;reason="The tenant for tenant guid 'c0ffee' does not exist.";error_category="invalid_tenant"
The item you are looking for has been removed, had its name changed, or is temporarily unavailable.
lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor
12345 67890 ---- **** ==== ////
function add(a, b) { return a + b; }
SELECT name, address FROM users WHERE id = 42 ORDER BY name;
The quick brown fox jumps over the lazy dog.
`
  .trim()
  .split('\n');
