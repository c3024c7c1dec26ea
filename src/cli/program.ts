import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { version } from '#backend/version';
import { completionScript, shells } from './completion';
import { runContextShow, runContextUse, runDockerEnv } from './context';
import { runDiagnose } from './diagnose';
import { logSources, runLogs } from './logs';
import { pageNames, runOpen } from './open';
import { runServe } from './serve';
import { runShell } from './shell';
import { runStatus } from './status';
import { runToolsInstall, runToolsRemove, runToolsStatus } from './tools';
import { runUninstall } from './uninstall';
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

function lines(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 5000) {
    throw new InvalidArgumentError('A number of lines is a whole number from 0 to 5000.');
  }
  return number;
}

/** Of a command line that is not understood, as most programs have it. */
const misunderstood = 2;

/** The command line: the one table of commands, from which help and completion are made. */
export const program = new Command('gantry')
  .description('Containers on this computer.')
  .version(version)
  .enablePositionalOptions()
  // What is printed before an end with 0 was asked for, as help is.
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : misunderstood))
  .addHelpText(
    'after',
    `
Exit codes: 0 it is done, 1 it is not, or something is wrong, ${misunderstood} the command line is not understood.
gantry shell ends with the code of what it runs.`,
  );

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

program
  .command('open')
  .description('open Gantry at a page: in its window, or in the browser where there is none')
  .addArgument(new Argument('<page>', 'the page').choices(pageNames))
  .action(runOpen);

program
  .command('logs')
  .description("print Gantry's own log; containers' logs are in docker logs")
  .option('-f, --follow', 'go on with what comes', false)
  .option('-n, --lines <number>', 'begin with so many of the newest lines', lines, 200)
  .addOption(new Option('--source <log>', 'whose log').choices(logSources).default('gantry'))
  .option('--json', 'print each line as JSON', false)
  .action(runLogs);

program
  .command('diagnose')
  .description('look for what is wrong and say what to do; exit code 1 when something is')
  .option('--network', 'ask Docker Hub, too', false)
  .option('--report <folder>', 'save a report for somebody else there; secrets and names are taken out')
  .option('--json', 'print one line of JSON', false)
  .action(runDiagnose);

const context = program.command('context').description('which engine the docker command uses');
context
  .command('show')
  .description('tell the current context, and the one that leads to Gantry’s engine')
  .option('--json', 'print one line of JSON', false)
  .action(runContextShow);
context
  .command('use')
  .description('lead the docker command to a context')
  .argument('[name]', 'without one: to the engine that Gantry uses')
  .action(runContextUse);

program
  .command('docker-env')
  .description('print what leads a shell’s docker command to Gantry’s engine: eval "$(gantry docker-env)"')
  .addOption(new Option('--shell <shell>', 'in its words; otherwise those of $SHELL').choices(shells))
  .option('--json', 'print one line of JSON: {"DOCKER_HOST": …}', false)
  .action(runDockerEnv);

const tools = program
  .command('tools')
  .description('put gantry, docker, compose and buildx where this terminal finds them');
tools
  .command('status')
  .description('tell which are there, and whose they are')
  .option('--json', 'print one line of JSON', false)
  .action(runToolsStatus);
tools
  .command('install')
  .description('link what is missing into ~/.local/bin; never replaces what is not Gantry’s')
  .option('--json', 'print one line of JSON', false)
  .action(runToolsInstall);
tools
  .command('remove')
  .description('take Gantry’s links away')
  .option('--json', 'print one line of JSON', false)
  .action(runToolsRemove);

program
  .command('completion')
  .description('print what lets a shell complete the words of gantry')
  .addArgument(new Argument('<shell>', 'the shell').choices(shells))
  .addHelpText(
    'after',
    `
A line in the shell's start-up file does it for each terminal:
  ~/.bashrc                   eval "$(gantry completion bash)"
  ~/.zshrc                    eval "$(gantry completion zsh)"
  ~/.config/fish/config.fish  gantry completion fish | source`,
  )
  .action((shell) => console.log(completionScript(shell, program)));

program
  .command('uninstall')
  .description(
    'take away what Gantry has put outside its folder, before the program is removed; names it first',
  )
  .option('--data', 'delete Gantry’s folder, too: containers, images, volumes, settings', false)
  .option('--yes', 'do not ask', false)
  .option('--json', 'print one line of JSON', false)
  .action(runUninstall);
