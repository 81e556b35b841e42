/** The part of the package `xml-encryption` 6 that is used here; it brings no types of its own. */
declare module 'xml-encryption' {
  type Callback = (error: Error | null | undefined, result: string) => void;
  export function encrypt(
    content: string,
    options: {
      /** PEM, SPKI. */
      rsa_pub: string;
      /** PEM certificate. */
      pem: string;
      encryptionAlgorithm: string;
      keyEncryptionAlgorithm: string;
      disallowEncryptionWithInsecureAlgorithm: boolean;
      warnInsecureAlgorithm: boolean;
    },
    callback: Callback,
  ): void;
  export function decrypt(xml: string, options: { /** PEM. */ key: string; disallowDecryptionWithInsecureAlgorithm: boolean; warnInsecureAlgorithm: boolean }, callback: Callback): void;
}
