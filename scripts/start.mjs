// `npm start`: opens Gantry in a window, or in the browser where Electron's runtime or a display is missing.
// prepare.mjs has run before. Arguments are passed on: `npm start -- --help`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { electronRuntime } from './electron-runtime.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** The command that opens Gantry here, and what to say about it. */
export function shellCommand() {
  const runtime = electronRuntime();
  const noDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (!runtime.executable || noDisplay) {
    const why = noDisplay ? 'there is no display' : runtime.why;
    return {
      window: false,
      say: `Electron is not available: ${why}. Gantry opens in the browser.`,
      command: process.execPath,
      args: ['out/cli/gantry.js', 'serve'],
    };
  }
  // Chromium's sandbox refuses to work for root.
  const asRoot = process.getuid?.() === 0;
  return {
    window: true,
    say: asRoot
      ? "Running as root: Chromium's sandbox is off. Start Gantry as an ordinary user to have it."
      : '',
    command: runtime.executable,
    args: [...(asRoot ? ['--no-sandbox'] : []), '.'],
  };
}

function main() {
  const { say, command, args } = shellCommand();
  if (say) console.log(say);
  const child = spawn(command, [...args, ...process.argv.slice(2)], { cwd: ROOT, stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the child decides how to end, and its exit code is ours.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('error', (error) => {
    console.error(`Gantry could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
