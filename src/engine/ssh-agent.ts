import { spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';

/** What ssh says on stderr is kept to this many characters for the problem's detail. */
const SAID_LIMIT = 2000;

/**
 * Connections to an engine behind `ssh://`: each one is an ssh process that runs `docker system dial-stdio` there,
 * as the docker CLI does. ssh uses the user's own keys and configuration and must not have to ask for anything.
 */
export class SshAgent extends Agent {
  readonly #words: string[];

  constructor(host: string) {
    super({ keepAlive: false });
    const { username, hostname, port } = new URL(host);
    this.#words = [
      // An ssh that asks for a password would wait for ever: there is no terminal.
      ...['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-T'],
      ...(port ? ['-p', port] : []),
      ...(username ? ['-l', decodeURIComponent(username)] : []),
      ...['--', hostname.replace(/^\[|\]$/g, ''), 'docker', 'system', 'dial-stdio'],
    ];
  }

  override createConnection(): Duplex {
    const child = spawn('ssh', this.#words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const connection = Duplex.from({ readable: child.stdout, writable: child.stdin });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      said = (said + text).slice(-SAID_LIMIT);
    });
    child.once('error', (error) => connection.destroy(error));
    child.once('close', (code) => {
      if (code !== 0 && !connection.destroyed) {
        connection.destroy(new Error(`ssh: ended with ${code}: ${said.trim()}`));
      }
    });
    connection.once('close', () => child.kill());
    return connection;
  }
}
