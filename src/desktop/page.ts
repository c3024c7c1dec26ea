import { protocol, type Session } from 'electron';
import { pageFolder, readPageFile } from '#backend/page-files';
import { pageHeaders } from '#backend/page-policy';

export const pageOrigin = 'app://gantry';

/** Must be called before Electron is ready. `app:` is a real origin with its own storage, unlike `file:`. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page's files, and nothing else, at `app://gantry/`. */
export function servePage(session: Session): void {
  const folder = pageFolder(import.meta.url);
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'gantry' ? await readPageFile(folder, url.pathname) : null;
    if (!file) return new Response('Not here', { status: 404, headers: pageHeaders });
    return new Response(new Uint8Array(file.content), {
      headers: { ...pageHeaders, 'Content-Type': file.type },
    });
  });
  // The page needs nothing from the network; what it would ask for is refused here as well as by its policy.
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] },
    (_, decide) => decide({ cancel: true }),
  );
  session.setPermissionRequestHandler((_contents, permission, decide) => decide(allowed(permission)));
  session.setPermissionCheckHandler((_contents, permission) => allowed(permission));
}

/** The page copies text; it asks for nothing else. */
const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
