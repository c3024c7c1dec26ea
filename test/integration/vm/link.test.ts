import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmod, mkdir, stat, watch, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeHeader, flag, frameType } from '#vm/link/frames';
import type { Link } from '#vm/link/link';
import { DatagramReader, frameDatagram } from '#vm/ports/datagrams';
import { describeWithAgent, TestAgent } from './link-agent';

const MB = 1024 * 1024;
const signal = AbortSignal.timeout(600_000);

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describeWithAgent('the link to the guest’s agent', () => {
  let agent: TestAgent;
  let link: Link;
  beforeEach(async () => {
    agent = await TestAgent.start();
    link = await agent.link();
  });
  afterEach(async () => {
    link.close();
    await agent.stop();
  });

  describe('runs programs', () => {
    it('and gives what they print and their exit code', async () => {
      const script = 'echo out; echo err >&2; exit 3';
      expect(await link.runText(['sh', '-c', script], signal)).toEqual({
        code: 3,
        stdout: 'out\n',
        stderr: 'err\n',
      });
    });

    it('or says that there is no such program', async () => {
      const { code, stderr } = await link.runText(['no-such-program'], signal);
      expect(code).toBe(127);
      expect(stderr).toContain('no-such-program');
    });

    it('that a signal ends', async () => {
      expect((await link.runText(['sh', '-c', 'kill -KILL $$'], signal)).code).toBe(137);
    });

    it('with 100 MB of input and output', async () => {
      const program = link.run(['cat'], { tty: null, signal });
      let bytes = 0;
      program.stdout.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      const piece = Buffer.alloc(MB, 'x');
      for (let n = 0; n < 100; n += 1) {
        if (!program.stdin.write(piece)) await once(program.stdin, 'drain');
      }
      program.stdin.end();
      expect(await program.exited).toBe(0);
      expect(bytes).toBe(100 * MB);
    });

    it('on a terminal that can be resized', async () => {
      const program = link.run(['sh', '-c', 'stty size; read answer; stty size; echo "got $answer"'], {
        tty: { columns: 80, rows: 24 },
        signal,
      });
      let shown = '';
      program.stdout.on('data', (chunk) => {
        shown += chunk;
      });
      while (!shown.includes('24 80')) await once(program.stdout, 'data');
      program.resize({ columns: 132, rows: 50 });
      program.stdin.write('yes\r');
      expect(await program.exited).toBe(0);
      expect(shown).toContain('50 132');
      expect(shown).toContain('got yes');
    });

    it('and ends them when they are given up', async () => {
      const mark = join(agent.folder, 'ended');
      const giveUp = new AbortController();
      const program = link.run(['sh', '-c', `trap 'touch ${mark}' EXIT; echo $$; sleep 1000; true`], {
        tty: null,
        signal: giveUp.signal,
      });
      const [pid] = await once(program.stdout, 'data');
      giveUp.abort();
      await expect(program.exited).rejects.toThrow('given up');
      for (;;) {
        try {
          process.kill(Number(String(pid)), 0);
        } catch {
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
  });

  it('tells memory, disk and clock', async () => {
    const facts = await link.facts(signal);
    expect(facts.memoryTotalBytes).toBeGreaterThan(facts.memoryAvailableBytes);
    expect(facts.diskTotalBytes).toBeGreaterThan(facts.diskUsedBytes);
    expect(Math.abs(facts.unixMs - Date.now())).toBeLessThan(60_000);
  });

  it('says what it cannot do', async () => {
    await expect(link.setClock(0, signal)).rejects.toThrow('no time is given');
  });

  it('gives up asking with the signal', async () => {
    await expect(link.facts(AbortSignal.abort())).rejects.toThrow('given up');
    expect(link.openStreams).toBe(0);
  });

  it('asks init to power off', async () => {
    const init = spawn('sleep', ['1000']);
    const other = await TestAgent.start(undefined, init.pid);
    const otherLink = await other.link();
    const ended = once(init, 'exit');
    await otherLink.stop(signal);
    expect(await ended).toEqual([null, 'SIGTERM']);
    otherLink.close();
    await other.stop();
  });

  it('makes watchers see files that the host has changed', async () => {
    const folder = join(agent.folder, 'watched');
    await mkdir(folder);
    const file = join(folder, 'page.html');
    await writeFile(file, 'x');
    await chmod(file, 0o640);
    const stop = new AbortController();
    const events = watch(folder, { signal: stop.signal })[Symbol.asyncIterator]();
    const seen = events.next();
    const touch = link.touch();
    touch.write(`${folder}/missing\n${file}\n`);
    expect((await seen).value).toMatchObject({ filename: 'page.html' });
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    stop.abort();
    touch.end();
  });

  describe('dials', () => {
    let server: Server;
    let accepted: Socket[];
    beforeEach(async () => {
      accepted = [];
      server = createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('error', () => {});
        accepted.push(socket);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
    });
    afterEach(() => {
      for (const socket of accepted) socket.destroy();
      server.close();
    });

    const dial = (): Duplex =>
      link.open({ service: 'dial', network: 'tcp', address: `127.0.0.1:${portOf(server)}` });

    async function acceptedSocket(): Promise<Socket> {
      if (accepted.length === 0) await once(server, 'connection');
      const [socket] = accepted;
      if (!socket) throw new Error('nobody connected');
      return socket;
    }

    it('and keeps the ends of both ways apart', async () => {
      const stream = dial();
      stream.end('question');
      const socket = await acceptedSocket();
      expect(await new Promise((resolve) => socket.once('data', resolve))).toEqual(Buffer.from('question'));
      await once(socket, 'end');
      socket.write('late ');
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.end('answer');
      expect(await text(stream)).toBe('late answer');
    });

    it('and goes on writing after the other end', async () => {
      const stream = dial();
      const socket = await acceptedSocket();
      socket.end('bye');
      stream.resume();
      await once(stream, 'end');
      stream.end('still here');
      expect(await text(socket)).toBe('still here');
    });

    it('and passes a reset on, both ways', async () => {
      const stream = dial();
      const socket = await acceptedSocket();
      const failed = once(stream, 'error');
      socket.resetAndDestroy();
      expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
      accepted.length = 0;
      const second = dial();
      const other = await acceptedSocket();
      const broken = once(other, 'error');
      other.resume();
      second.destroy();
      expect(await broken).toMatchObject([{ code: 'ECONNRESET' }]);
    });

    it('and resets what nobody accepts', async () => {
      const stream = link.open({ service: 'dial', network: 'tcp', address: '127.0.0.1:1' });
      expect(await once(stream, 'error')).toMatchObject([{ code: 'ECONNRESET' }]);
    });

    it('and holds back a writer whose reader does not read', async () => {
      const stream = dial();
      const socket = await acceptedSocket();
      socket.pause();
      let taken = 0;
      const piece = Buffer.alloc(MB);
      for (let n = 0; n < 64; n += 1) {
        stream.write(piece, (error) => {
          if (!error) taken += 1;
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      const held = taken;
      expect(held).toBeLessThan(32);
      // Others are not held.
      expect((await link.facts(signal)).unixMs).toBeGreaterThan(0);
      stream.end();
      let received = 0;
      socket.on('data', (bytes: Buffer) => {
        received += bytes.length;
      });
      socket.resume();
      await once(socket, 'end');
      expect(received).toBe(64 * MB);
    });

    it('and holds back a container whose client does not read', async () => {
      const stream = dial();
      const socket = await acceptedSocket();
      let taken = 0;
      for (let n = 0; n < 64; n += 1) {
        socket.write(Buffer.alloc(MB), (error) => {
          if (!error) taken += 1;
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(taken).toBeLessThan(32);
      socket.end();
      let received = 0;
      stream.on('data', (bytes: Buffer) => {
        received += bytes.length;
      });
      await once(stream, 'end');
      expect(received).toBe(64 * MB);
    });

    it('with datagrams', async () => {
      const echo = createSocket('udp4');
      echo.on('message', (datagram, from) => echo.send(datagram, from.port, from.address));
      echo.bind(0, '127.0.0.1');
      await once(echo, 'listening');
      const stream = link.open({
        service: 'dial',
        network: 'udp',
        address: `127.0.0.1:${echo.address().port}`,
      });
      const sizes = [0, 1, 1400, 60_000];
      const answers: number[] = [];
      const reader = new DatagramReader((datagram) => answers.push(datagram.length));
      stream.on('data', (bytes: Buffer) => reader.push(bytes));
      for (const size of sizes) {
        stream.write(frameDatagram(Buffer.alloc(size)));
        while (answers.length <= sizes.indexOf(size)) await once(stream, 'data');
      }
      expect(answers).toEqual(sizes);
      stream.destroy();
      echo.close();
    });
  });

  describe('begins anew', () => {
    /** A host without manners: it writes bytes, and shows what comes. */
    async function rawHost(): Promise<{
      socket: Socket;
      heard: () => string;
      hears(what: string): Promise<void>;
    }> {
      link.close();
      await link.ended;
      const socket = connect(agent.socketPath);
      let heard = '';
      socket.setEncoding('latin1').on('data', (bytes) => {
        heard += bytes;
      });
      await once(socket, 'connect');
      return {
        socket,
        heard: () => heard,
        hears: async (what) => {
          while (!heard.includes(what)) await once(socket, 'data');
        },
      };
    }
    const greeting = (nonce: string) => `GANTRY-LINK ${agent.secret} ${nonce}\n`;
    const facts = (stream: number) => {
      const line = '{"service":"facts"}\n';
      return Buffer.concat([
        encodeHeader({ type: frameType.data, flags: flag.syn, stream, length: line.length }),
        Buffer.from(line),
      ]);
    };

    it('in the middle of a frame', async () => {
      const { socket, hears } = await rawHost();
      socket.write(greeting('0000000000000001'));
      await hears('GANTRY-LINK-OK 0000000000000001\n');
      // A frame that announces 1000 bytes, of which 10 come before the host is gone and another one begins.
      socket.write(encodeHeader({ type: frameType.data, flags: flag.syn, stream: 1, length: 1000 }));
      socket.write('0123456789');
      socket.write(greeting('0000000000000002'));
      await hears('GANTRY-LINK-OK 0000000000000002\n');
      socket.write(facts(1));
      await hears('memoryTotalBytes');
      socket.destroy();
    });

    it('behind garbage, and with a greeting that comes in pieces', async () => {
      const { socket, hears, heard } = await rawHost();
      socket.write('\xff\xfeGANTRY-LINK of another kind\n\0\0\0');
      for (const byte of greeting('00000000000000ab')) {
        socket.write(byte);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await hears('GANTRY-LINK-OK 00000000000000ab\n');
      expect(heard().startsWith('GANTRY-LINK-OK')).toBe(true);
      socket.write(facts(1));
      await hears('memoryTotalBytes');
      socket.destroy();
    });

    it('with what follows the greeting in the same write', async () => {
      const { socket, hears } = await rawHost();
      socket.write(Buffer.concat([Buffer.from(greeting('00000000000000cd')), facts(1)]));
      await hears('memoryTotalBytes');
      socket.destroy();
    });

    it('not for a host that does not know the secret', async () => {
      const { socket, heard } = await rawHost();
      socket.write(`GANTRY-LINK ${'f'.repeat(32)} 0000000000000001\n`);
      socket.write(facts(1));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(heard()).toBe('');
      socket.destroy();
    });

    it('after garbage in a session, which ends it', async () => {
      const { socket, hears } = await rawHost();
      socket.write(greeting('0000000000000001'));
      await hears('0000000000000001\n');
      socket.write('this is no frame at all');
      socket.write(greeting('0000000000000002'));
      await hears('0000000000000002\n');
      socket.write(facts(1));
      await hears('memoryTotalBytes');
      socket.destroy();
    });

    it('for another host, when the first one has gone with a stream open', async () => {
      const program = link.run(['sh', '-c', 'echo $$; sleep 1000'], { tty: null, signal });
      const [pid] = await once(program.stdout, 'data');
      link.close();
      await expect(program.exited).rejects.toThrow();
      link = await agent.link();
      expect((await link.runText(['echo', 'again'], signal)).stdout).toBe('again\n');
      // The agent has ended what the old host had begun.
      const waiting = `while kill -0 ${String(pid).trim()} 2>/dev/null; do sleep 0.01; done; echo gone`;
      expect((await link.runText(['sh', '-c', waiting], signal)).stdout).toBe('gone\n');
    });

    it('after the agent itself was ended', async () => {
      await agent.kill();
      expect(await link.ended).toContain('closed');
      await agent.run();
      link = await agent.link();
      expect((await link.facts(signal)).unixMs).toBeGreaterThan(0);
    });
  });
});
