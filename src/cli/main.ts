import { Command, InvalidArgumentError } from 'commander';
import { version } from '#backend/version';
import { runServe } from './serve';
import { runStatus } from './status';

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  }
  return number;
}

const program = new Command('gantry').description('Containers on this computer.').version(version);

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

await program.parseAsync();
