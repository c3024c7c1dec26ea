import { dataFolder } from '#backend/folders';
import { createBackend } from '#backend/index';
import { tellProblem } from './problem-text';

const terminalSize = () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 });

/** Runs a command in Gantry's VM, or a shell without one, on this terminal if it is one. Ends with its exit code. */
export async function runShell(command: string[]): Promise<void> {
  const backend = createBackend(dataFolder());
  const over = new AbortController();
  const { stdin, stdout, stderr } = process;
  const onTerminal = Boolean(stdin.isTTY && stdout.isTTY);
  try {
    const argv = command.length > 0 ? command : ['/bin/sh', '-l'];
    const program = await backend.vm.run({ argv, tty: onTerminal ? terminalSize() : null }, over.signal);
    if (onTerminal) {
      stdin.setRawMode(true);
      stdout.on('resize', () => program.resize(terminalSize()));
    }
    stdin.pipe(program.stdin);
    program.stdout.pipe(stdout);
    program.stderr.pipe(stderr);
    process.exitCode = await program.exited;
  } catch (error) {
    tellProblem(error);
  } finally {
    if (onTerminal) stdin.setRawMode(false);
    over.abort();
    stdin.destroy();
    await backend.close();
  }
}
