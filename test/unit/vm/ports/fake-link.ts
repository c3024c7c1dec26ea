import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type Duplex, duplexPair } from 'node:stream';
import type { Lease } from '#vm/link/lease';
import type { Dial } from '#vm/ports/listener';

/** Each dialled stream's two ends, in order. */
export interface Dialled {
  network: 'tcp' | 'udp';
  address: string;
  host: Duplex;
  guest: Duplex;
}

export function fakeDial(): { dial: Dial; dialled: Dialled[] } {
  const dialled: Dialled[] = [];
  return {
    dialled,
    dial: (network, address) => {
      const [host, guest] = duplexPair();
      guest.on('error', () => {});
      dialled.push({ network, address, host, guest });
      return host;
    },
  };
}

/** A lease, what was answered to it, and its end. */
export class FakeLease {
  readonly answer: Promise<string>;
  readonly lease: Lease;
  end: (how: 'released' | 'link-lost') => void = () => {};

  constructor(asked: Partial<Pick<Lease, 'protocol' | 'hostAddress' | 'hostPort' | 'target'>>) {
    let give: (answer: string) => void = () => {};
    this.answer = new Promise((resolve) => {
      give = resolve;
    });
    this.lease = {
      protocol: 'tcp',
      hostAddress: '0.0.0.0',
      hostPort: 0,
      target: '172.17.0.2:80',
      ...asked,
      grant: () => give('granted'),
      refuse: (why) => give(why),
      ended: new Promise((resolve) => {
        this.end = resolve;
      }),
    };
  }
}

/** Sends one datagram and gives the answer. */
export async function askByDatagram(port: number, said: string): Promise<string> {
  const socket = createSocket('udp4');
  socket.send(said, port, '127.0.0.1');
  const [answer] = await once(socket, 'message');
  socket.close();
  return String(answer);
}
