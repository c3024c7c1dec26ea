// `npm run dev`: opens Gantry, reloads its window when the renderer changes, and restarts it when anything behind
// the renderer changes (backend, Electron's main process, command line, browser shell). Ctrl-C ends it.
//
// The window is told to reload by Chromium's debugging protocol, so that the app itself needs no mode for this.
// Where no window opens (no Electron, no display) the browser shell runs: reload the page there by hand.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';
import { build } from 'vite';
import WebSocket from 'ws';
import { bundleOptions, PROGRAMS } from './build.mjs';
import { shellCommand } from './start.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const shell = shellCommand();
if (shell.say) console.log(shell.say);

let app;
/** Address of the debugging protocol of the running window, such as ws://127.0.0.1:40000/devtools/browser/… */
let debuggerUrl;

function startApp() {
  const args = shell.window ? ['--remote-debugging-port=0', ...shell.args] : shell.args;
  const child = spawn(shell.command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'pipe'] });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const found = /^DevTools listening on (ws:\S+)/.exec(line);
    if (found) debuggerUrl = found[1];
    else console.error(line);
  });
  child.once('exit', () => {
    // Closed by the user, and not by a restart.
    if (app === child) end();
  });
  app = child;
}

async function stopApp() {
  const child = app;
  app = undefined;
  debuggerUrl = undefined;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

let restarting = Promise.resolve();
function restartApp() {
  restarting = restarting.then(stopApp).then(startApp);
  return restarting;
}

/** Reloads every page of the running window. */
async function reloadPages() {
  if (!debuggerUrl) return;
  const pages = await (await fetch(`http://${new URL(debuggerUrl).host}/json/list`)).json();
  for (const page of pages.filter(({ type }) => type === 'page')) {
    const socket = new WebSocket(page.webSocketDebuggerUrl);
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: 1, method: 'Page.reload', params: { ignoreCache: true } }));
    await once(socket, 'message');
    socket.close();
  }
}

/** Calls `changed` after each good build but the first. */
function afterRebuild(name, changed) {
  let first = true;
  return {
    name: `after-${name}`,
    setup(hooks) {
      hooks.onEnd(({ errors }) => {
        if (!first && errors.length === 0) {
          console.log(`${name} changed: starting again`);
          void changed();
        }
        first = false;
      });
    },
  };
}

const bundlers = await Promise.all(
  PROGRAMS.map((program) => {
    const { plugins, ...options } = bundleOptions(program);
    return context({ ...options, plugins: [...plugins, afterRebuild(program.name, restartApp)] });
  }),
);
for (const bundler of bundlers) await bundler.watch();

const watcher = await build({
  root: 'renderer',
  configFile: 'vite.config.ts',
  logLevel: 'warn',
  build: { watch: {} },
});
let started = false;
watcher.on('event', (event) => {
  if (event.code === 'ERROR') console.error(event.error.message);
  if (event.code !== 'END') return;
  if (started)
    reloadPages().catch((error) => console.error(`The window could not be reloaded: ${error.message}`));
  else startApp();
  started = true;
});

async function end() {
  await stopApp();
  await watcher.close();
  for (const bundler of bundlers) await bundler.dispose();
  process.exit(0);
}
process.once('SIGINT', end);
process.once('SIGTERM', end);
