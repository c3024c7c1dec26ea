// Where the Linux VM sees a folder of this computer: at the same path, but for Windows' drives, which become folders of
// their own there, as Docker Desktop has them: `C:\Users\me` is `/c/Users/me`.

const ofDrive = /^([A-Za-z]):[\\/]*(.*)$/;

export function guestPath(path: string): string {
  const [, drive, rest = ''] = ofDrive.exec(path) ?? [];
  if (drive === undefined) return path;
  return `/${drive.toLowerCase()}/${rest.replaceAll('\\', '/')}`.replace(/\/+$/, '');
}

/** The other way round. @param platform of this computer */
export function hostPath(path: string, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return path;
  const [, drive, rest = ''] = /^\/([a-z])(?:\/(.*))?$/.exec(path) ?? [];
  return drive === undefined ? path : `${drive.toUpperCase()}:\\${rest.replaceAll('/', '\\')}`;
}
