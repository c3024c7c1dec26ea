export function writeAppUpdate(folder: string, url: string): void;
export function writeFeed(
  folder: string,
  release: { files: string[]; version: string; notes: string },
): { path: string; signed: boolean };
export function publicKey(): string | undefined;
