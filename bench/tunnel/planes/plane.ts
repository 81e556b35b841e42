import type { Processes } from '../processes.ts';

/** A way from clients to the origin, reached on loopback. */
export interface Plane {
  name: string;
  /** `https://name:port`; the name is in the certificate and resolves to nothing. */
  url: string;
  /** Sent as `Host` where that is not the name of the address. */
  host?: string;
  /** Process ids at the clients' side and at the origin's side. */
  relay: () => number[];
  agent: () => number[];
}

/** What all planes share. */
export interface PlaneContext {
  processes: Processes;
  /** Scratch folder, removed at the end. */
  directory: string;
  caFile: string;
  /** PEM files of a certificate for every name used here. */
  certificateFile: string;
  keyFile: string;
  originPort: number;
  originHttpPort: number;
}
