import { Command, InvalidArgumentError } from 'commander';
import { version } from '#backend/version';
import { runServe } from './serve';
import { runShell } from './shell';
import { runStatus } from './status';
import { runDisk, runReset, runRestart, runStart, runStop, runSuspend } from './vm';

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return number;
}

function gibibytes(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 4 || number > 2048) {
    throw new InvalidArgumentError('A size is a whole number of GiB from 4 to 2048.');
  }
  return number;
}

// Set by the installed command, for itself: an Electron app that is started from here would be no app with it.
delete process.env.ELECTRON_RUN_AS_NODE;

const program = new Command('gantry')
  .description('Containers on this computer.')
  .version(version)
  .enablePositionalOptions();

program
  .command('serve')
  .description('open Gantry in the browser, without a window of its own')
  .option('--port <port>', 'listen on this port of 127.0.0.1; 0 takes a free one', port, 0)
  .option('--no-open', 'only print the address, open no browser')
  .option('--json', 'print one line of JSON: {"url": …}', false)
  .action(runServe);

program
  .command('status')
  .description('tell which engine Gantry finds, and what it holds; exit code 1 when there is none')
  .option('--json', 'print one line of JSON', false)
  .action(runStatus);

program.command('start').description("start Gantry's own engine, or wake it").action(runStart);
program.command('stop').description("stop Gantry's own engine and its containers").action(runStop);
program.command('restart').description('stop it, and start it with the present settings').action(runRestart);
program
  .command('suspend')
  .description('freeze it with everything that runs in it; the next start goes on there')
  .action(runSuspend);

program
  .command('shell')
  .description('open a shell in the virtual machine, or run a command there')
  .argument('[command...]', 'the command and its arguments')
  .passThroughOptions()

  .action(runShell);

program
  .command('disk')
  .description("tell how much room the engine's disk takes")
  .option('--trim', 'give back what the engine no longer uses', false)
  .option('--grow <GiB>', 'let it grow up to this size', gibibytes)
  .option('--json', 'print one line of JSON', false)
  .action(runDisk);

program
  .command('reset')
  .description('delete everything that the engine holds; names it first')
  .option('--export <folder>', 'save every volume there first, as a tar file')
  .option('--yes', 'do not ask', false)
  .action(runReset);

// commander expects no script's name of an installed Electron, but there is one, as in Node.
await program.parseAsync(process.argv.slice(2), { from: 'user' });
