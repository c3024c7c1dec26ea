/** Whether a path is this folder or below it. Both are absolute. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
