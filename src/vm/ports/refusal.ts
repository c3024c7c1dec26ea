/** A listener that could not be opened, as the system says it. */
export interface ListenFailure {
  address: string;
  port: number;
  protocol: 'tcp' | 'udp';
  /** The system's code, `EADDRINUSE` and the like. */
  code: string;
}

/** How an ordinary user may be allowed to open a port below 1024. */
function howToAllow(port: number, platform: NodeJS.Platform): string {
  if (platform !== 'linux') return 'Publish a port from 1024 on.';
  return `Allow it with "sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}", or publish a port from 1024 on.`;
}

/**
 * Why a port could not be opened, as the text that `docker run` ends with. It begins like the engine's own errors,
 * by which programs (and Gantry itself) recognize them.
 */
export function refusal(failure: ListenFailure, platform: NodeJS.Platform = process.platform): string {
  const { address, port, protocol, code } = failure;
  // The first number behind a colon is taken for the port.
  const where = address.includes(':') ? `bind :${port} on ${address}` : `bind ${address}:${port}`;
  switch (code) {
    case 'EADDRINUSE':
      return `${where}: address already in use (${code}). Another program on this computer uses ${protocol.toUpperCase()} port ${port}: end it, or publish another port.`;
    case 'EACCES':
      return `${where}: permission denied (${code}). An ordinary user may not open port ${port} on this computer. ${howToAllow(port, platform)}`;
    case 'EADDRNOTAVAIL':
      return `${where}: cannot assign requested address (${code}). This computer has no address ${address}.`;
    default:
      return `${where}: this computer could not open the port (${code}).`;
  }
}
