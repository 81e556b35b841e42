/**
 * Errors of other software that share words with the catalogue, one a line: curl, OpenSSL, browsers, Squid, Java, .NET,
 * WCF, IdentityModel, AD FS, SharePoint, Graph, Kerberos, Postgres, SQL Server, Python, Node, proxies, and what half of
 * them look like in prose. Sentences that are a published text of the catalogue word for word (the 401 of every .NET
 * client) are not here: nobody can tell them from ours. Every second line is for tuning, the others are only measured.
 */
const lines = String.raw`
curl: (6) Could not resolve host: mail.example.org
curl: (7) Failed to connect to mail.example.org port 443 after 21042 ms: Could not connect to server
curl: (28) Connection timed out after 30001 milliseconds
curl: (35) schannel: next InitializeSecurityContext failed: SEC_E_ILLEGAL_MESSAGE (0x80090326)
curl: (51) SSL: no alternative certificate subject name matches target host name 'mail.example.org'
curl: (52) Empty reply from server
curl: (56) Recv failure: Connection was reset
curl: (60) SSL certificate problem: unable to get local issuer certificate
curl: (22) The requested URL returned error: 401
Peer certificate cannot be authenticated with known CA certificates
The requested URL could not be retrieved. Failed to establish a secure connection to 192.0.2.7
This proxy and the remote host failed to negotiate a mutually acceptable security settings for handling your request.
Access control configuration prevents your request from being allowed at this time. Please contact your service provider if you feel this is incorrect.
Unable to determine IP address from host name mail.example.org. The DNS server returned: Name Error: The domain name does not exist.
Unable to forward this request at this time. This request could not be forwarded to the origin server or to any parent caches.
The system returned: (110) Connection timed out. The remote host or network may be down. Please try the request again.
IDX10205: Issuer validation failed. Issuer: 'https://sts.example.org'. Did not match: validationParameters.ValidIssuer: 'null'.
IDX10214: Audience validation failed. Audiences: 'api://app'. Did not match: validationParameters.ValidAudience: 'https://api.example.org'.
IDX10222: Lifetime validation failed. The token is not yet valid at all for this application, ValidFrom: '11/21/2026', Current time: '11/20/2026'.
IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '1/6/2025 1:03:26 PM', Current time (UTC): '1/6/2025 5:03:26 PM'.
IDX10501: Signature validation failed. Unable to match key: kid: 'PII is hidden'. Exceptions caught: 'none'.
IDX10504: Unable to validate signature, token does not have a signature: 'PII is hidden'.
IDX10511: Signature validation failed. Keys tried: 'Microsoft.IdentityModel.Tokens.X509SecurityKey'.
Bearer error="invalid_token", error_description="The signature key was not found"
The HTTP request is unauthorized with client authentication scheme 'Ntlm'. The authentication header received from the server was 'NTLM'.
The HTTP request is unauthorized with client authentication scheme 'Anonymous'. The authentication header received from the server was 'Digest realm="DataExchangeService"'.
The HTTP request is unauthorized with client authentication scheme 'Negotiate'. The authentication header received from the server was 'Negotiate oYG2MIGzoAMKAQChCwYJ'.
The HTTP request was forbidden with client authentication scheme 'Anonymous'.
The open operation did not complete within the allotted timeout of 00:01:00. The time allotted to this operation may have been a portion of a longer timeout.
The request operation did not complete within the allotted timeout of 00:00:59.9. The time allotted to this operation may have been a portion of a longer timeout.
An error occurred while receiving the HTTP response to https://crm.example.org/XRMServices/2011/Organization.svc. This could be due to the service endpoint binding not using the HTTP protocol.
The content type text/html of the response message does not match the content type of the binding (application/soap+xml; charset=utf-8).
There was no endpoint listening at https://crm.example.org/Organization.svc that could accept the message. This is often caused by an incorrect address or SOAP action.
Could not establish trust relationship for the SSL/TLS secure channel with authority 'crm.example.org'.
An unsecured or incorrectly secured fault was received from the other party. See the inner FaultException for the fault code and detail.
The security context token is expired or is not valid. The message was not processed.
ID3242: The security token could not be authenticated or authorized.
ID4243: Could not create a SecurityToken. A token was not found in the token cache and no cookie was found in the context.
MSIS7042: The same client browser session has made '6' requests in the last '1' seconds. Contact your administrator for details.
MSIS3127: The specified request failed. Encountered error during federation passive request.
The Federation Service encountered an error while processing the WS-Trust request. Request type: http://schemas.microsoft.com/idfx/requesttype/issue
Token validation failed. See inner exception for more details. The user name or password is incorrect
The Federation Service Proxy was not able to authenticate to the Federation Service. Ensure that the proxy is trusted by the Federation Service.
An error occurred during an attempt to build the certificate chain for the relying party trust certificate.
System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception.
System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch
System.Net.Http.HttpRequestException: Response status code does not indicate success: 401 (Unauthorized).
System.Threading.Tasks.TaskCanceledException: The request was canceled due to the configured HttpClient.Timeout of 100 seconds elapsing.
System.IO.IOException: Received an unexpected EOF or 0 bytes from the transport stream.
System.Net.Sockets.SocketException (10061): No connection could be made because the target machine actively refused it. [::1]:5432
System.Net.WebException: The operation has timed out at System.Net.HttpWebRequest.GetResponse()
The underlying connection was closed: Could not establish trust relationship for the SSL/TLS secure channel.
The underlying connection was closed: The connection was closed unexpectedly.
System.Net.ProtocolViolationException: Cannot send a content-body with this verb-type.
javax.net.ssl.SSLHandshakeException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target
java.net.SocketException: Connection reset at java.net.SocketInputStream.read(SocketInputStream.java:210)
java.net.UnknownHostException: mail.example.org: Name or service not known
com.sun.mail.util.MailConnectException: Couldn't connect to host, port: smtp.example.org, 587; timeout -1
org.apache.http.conn.HttpHostConnectException: Connect to mail.example.org:443 failed: Connection refused
javax.xml.ws.WebServiceException: Server sent HTTP status code 401: Unauthorized, please check the credentials of the service account
com.sun.xml.internal.ws.client.ClientTransportException: The server sent HTTP status code 302: Moved Temporarily
io.jsonwebtoken.ExpiredJwtException: JWT expired at 2026-11-21T07:12:44Z. Current time: 2026-11-21T08:00:00Z, a difference of 2836000 milliseconds.
FATAL: password authentication failed for user "app"
FATAL: no pg_hba.conf entry for host "10.0.0.5", user "app_user", database "shop", no encryption
could not translate host name "db.example.org" to address: Name or service not known
SSL SYSCALL error: EOF detected. server closed the connection unexpectedly
could not receive data from client: Connection reset by peer
ERROR: canceling statement due to statement timeout
Login failed for user 'CONTOSO\svc-sql'. Reason: The password of the account has expired. [CLIENT: 10.0.0.5]
A connection was successfully established with the server, but then an error occurred during the login process. (provider: TCP Provider, error: 0 - An existing connection was forcibly closed)
A network-related or instance-specific error occurred while establishing a connection to SQL Server. The server was not found or was not accessible.
Login failed for user 'app'. Reason: The password of the account must be changed. Error: 18488
140735:error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:s3_pkt.c:1487:SSL alert number 40
Verify return code: 21 (unable to verify the first certificate)
error:0A000086:SSL routines::certificate verify failed
error:0A00010B:SSL routines::wrong version number
requests.exceptions.SSLError: HTTPSConnectionPool(host='mail.example.org', port=443): Max retries exceeded with url: / (Caused by SSLError(SSLCertVerificationError(1)))
requests.exceptions.HTTPError: 403 Client Error: Forbidden for url: https://graph.example.org/v1.0/me/calendar/getSchedule
urllib3.exceptions.NewConnectionError: Failed to establish a new connection: [Errno 11001] getaddrinfo failed
exchangelib.errors.ErrorNonExistentMailbox: No mailbox with such guid.
exchangelib.errors.UnauthorizedError: Invalid credentials for https://mail.example.org/EWS/Exchange.asmx
Error: getaddrinfo ENOTFOUND mail.example.org
TypeError: fetch failed cause: ConnectTimeoutError: Connect Timeout Error (attempted address: mail.example.org:443, timeout: 10000ms)
npm ERR! code E401 npm ERR! Unable to authenticate, your authentication token seems to be invalid.
SocketError: other side closed at TLSSocket.onHttpSocketEnd
This site can’t provide a secure connection. mail.example.org uses an unsupported protocol. ERR_SSL_VERSION_OR_CIPHER_MISMATCH
Your connection is not private. Attackers might be trying to steal your information from mail.example.org. NET::ERR_CERT_DATE_INVALID
This site can’t be reached. mail.example.org took too long to respond. ERR_CONNECTION_TIMED_OUT
Secure Connection Failed. An error occurred during a connection to mail.example.org. PR_END_OF_FILE_ERROR
The page isn’t redirecting properly. An error occurred during a connection. This problem can sometimes be caused by disabling or refusing to accept cookies.
upstream connect error or disconnect/reset before headers. reset reason: connection termination
no healthy upstream
upstream prematurely closed connection while reading response header from upstream
The server encountered an internal error or misconfiguration and was unable to complete your request. Please contact the server administrator.
The server is temporarily unable to service your request due to maintenance downtime or capacity problems. Please try again later.
The proxy server received an invalid response from an upstream server. Reason: Error reading from remote server
You don't have permission to access this resource. Additionally, a 403 Forbidden error was encountered while trying to use an ErrorDocument.
<h1>Object not found!</h1> The requested URL was not found on this server. If you entered the URL manually please check your spelling and try again.
307 Temporary Redirect: The document has moved here.
krb5_get_init_creds: Clock skew too great while getting initial credentials
The kerberos client received a KRB_AP_ERR_MODIFIED error from the server ex01$. The target name used was HTTP/mail.example.org.
The system failed to flush data to the transaction log. The time provider NtpClient cannot reach or is currently receiving invalid time data.
The trust relationship between this workstation and the primary domain failed.
The security database on the server does not have a computer account for this workstation trust relationship.
The user's password must be changed before signing in. The password you typed has expired.
{"error":{"code":"MailboxNotEnabledForRESTAPI","message":"REST API is not yet supported for this mailbox."}}
{"error":{"code":"ErrorAccessDenied","message":"Access is denied. Check credentials and try again.","innerError":{"request-id":"1"}}}
{"error":{"code":"UnknownError","message":"","innerError":{"date":"2026-11-21T07:12:44"}}} Failed to get schedule for attendee
{"error":"access_denied","error_description":"AADSTS65004: User declined to consent to access the app."}
AADSTS50011: The redirect URI 'https://localhost' specified in the request does not match the redirect URIs configured for the application.
AADSTS50020: User account 'zoe@example.org' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application in that tenant.
AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The token was issued on {issueDate}.
AADSTS7000222: The provided client secret keys for app '0d2e' are expired.
You only have access to free/busy data: you can see when the partner is busy, but not what the events are.
The calendar assistant may have access to free/busy data of every room, and to titles of none.
Sorry, we couldn't get your meeting details. Looks like you don't have permission to schedule meetings for this account.
The Mailbox Replication Service was unable to connect to the remote server using the credentials provided. Please check the credentials and try again.
The call to 'https://mail.example.org/EWS/mrsproxy.svc' failed. Error details: The remote server returned an unexpected response: (413) RequestEntityTooLarge.
The call to 'https://mail.example.org/EWS/mrsproxy.svc' timed out. Error details: The request channel timed out while waiting for a reply after 00:00:49.
We couldn't find a connector for the domain. The configuration information in the forest could be stale; run the wizard again.
The audience claim value for plugin identity tokens. Must match an allowed audience configured for the target provider.
Unable to resolve the e-mail address: the address list in Active Directory is empty.
The token was issued before the user changed the password; sign in again to get a new one.
The signing certificate of the SAML provider is missing from the metadata document.
The response from the partner was not XML, the import of the price list was skipped.
The result set contains too many rows. Refine the filter and try again.
The working hours in this calendar begin at 8:00 AM and end at 5:00 PM.
Provisioning is needed for this account before it can be used. Contact your telephone company.
The passwords you entered do not match. Please try again.
HCW8001 is the part number of a heating element; HCW8065 is its successor.
The member name you entered is too long or holds characters that are not allowed.
`.trim().split('\n');

export const foreignElsewhere: Readonly<Record<'tuned' | 'heldOut', readonly string[]>> = {
  tuned: lines.filter((_, index) => index % 2 === 0),
  heldOut: lines.filter((_, index) => index % 2 === 1),
};
