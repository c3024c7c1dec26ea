/** Node's names of processors in image notation (GOARCH). */
const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64', arm: 'arm', ia32: '386' };

/** This computer's processor in image notation: `amd64`, `arm64`. */
export const architecture = architectures[process.arch] ?? process.arch;

/** The same as a guest of Gantry's VM can have it. */
export const guestArchitecture = architecture === 'arm64' ? 'arm64' : 'amd64';
