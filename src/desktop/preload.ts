// Runs in the page's sandbox before its scripts: hands over the port to the backend, and the window's buttons.
import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('gantryDesktop', {
  window: {
    minimize: () => ipcRenderer.send('window:minimize'),
    toggleMaximize: () => ipcRenderer.send('window:toggle-maximize'),
    close: () => ipcRenderer.send('window:close'),
  },
  loginItem: {
    read: () => ipcRenderer.invoke('login-item:read'),
    set: (on: boolean) => ipcRenderer.invoke('login-item:set', on),
  },
  openDataFolder: () => ipcRenderer.invoke('data-folder:open'),
  followRoutes: (go: (route: string) => void) => {
    const take = async () => {
      const route: unknown = await ipcRenderer.invoke('window:take-route');
      if (typeof route === 'string') go(route);
    };
    ipcRenderer.on('window:wanted-route', take);
    void take();
  },
  updates: {
    state: () => ipcRenderer.invoke('updates:state'),
    follow: (onState: (state: unknown) => void) => {
      const take = (_event: unknown, state: unknown) => onState(state);
      ipcRenderer.on('updates:changed', take);
      return () => ipcRenderer.off('updates:changed', take);
    },
    order: (order: string) => ipcRenderer.send('updates:order', order),
  },
});

/** Ports that came before the page's script listened. */
const early: MessagePort[] = [];
let ready = false;

const hand = (port: MessagePort) => window.postMessage({ type: 'gantry:port' }, window.origin, [port]);

ipcRenderer.on('gantry:port', (event) => {
  const [port] = event.ports;
  if (!port) return;
  if (ready) hand(port);
  else early.push(port);
});

ipcRenderer.send('backend:connect');

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data?.type !== 'gantry:ready') return;
  ready = true;
  for (const port of early.splice(0)) hand(port);
});
