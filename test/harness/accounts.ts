import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { run } from './run';

/** An ordinary user of this computer, made for a test. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
  remove(): Promise<void>;
}

/** Why no account can be made here, in plain words; undefined when one can. */
export function whyNoAccounts(): string | undefined {
  return process.getuid?.() === 0 ? undefined : 'making an account of another user needs root';
}

/** Makes an ordinary user with a home folder and, as every new user has, a range of subordinate ids. */
export async function makeAccount(): Promise<Account> {
  const name = `gantry-t${randomBytes(3).toString('hex')}`;
  await run('useradd', ['--create-home', '--shell', '/bin/sh', name]);
  const [line = ''] = (await run('getent', ['passwd', name])).toString().split('\n');
  const [, , uid, gid, , home = ''] = line.split(':');
  return {
    name,
    uid: Number(uid),
    gid: Number(gid),
    home,
    // Some kinds of mail software make a mailbox; that there is none is no failure.
    remove: async () => void (await run('userdel', ['--remove', name])),
  };
}

/** What became of a command. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs a command as this user, with no groups but the user's own, to whatever end. */
export async function runAs(
  { uid, gid, home }: Pick<Account, 'uid' | 'gid' | 'home'>,
  command: string,
  ...args: string[]
): Promise<Ended> {
  const child = spawn(command, args, {
    uid,
    gid,
    cwd: '/',
    env: { PATH: process.env.PATH, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}
