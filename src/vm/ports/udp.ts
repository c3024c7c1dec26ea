import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Duplex } from 'node:stream';
import { familyOf } from './addresses';
import { DatagramReader, frameDatagram } from './datagrams';
import type { Dial, Listener, ListenOptions } from './listener';

/** A client that is silent for so long is forgotten, as docker-proxy does (UDPConnTrackTimeout), in milliseconds. */
const idleMs = 90_000;

/** Datagrams for a guest that does not keep up are lost, as on any network: so many bytes wait at most. */
const waitingBytes = 1024 * 1024;

/** Relays datagrams: a stream into the guest for each client's address. */
class Relay {
  readonly #conversations = new Map<string, Conversation>();

  constructor(
    private readonly socket: Socket,
    private readonly dial: Dial,
    private readonly target: () => string,
  ) {
    socket.on('message', (datagram, from) => this.#receive(datagram, from));
    // An answer that cannot be delivered is lost, as any datagram may be.
    socket.on('error', () => {});
  }

  close(): void {
    for (const conversation of this.#conversations.values()) conversation.stream.destroy();
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const conversation = this.#conversations.get(keyOf(from)) ?? this.#begin(from);
    if (!conversation) return;
    conversation.idle.refresh();
    if (conversation.stream.writableLength < waitingBytes) conversation.stream.write(frameDatagram(datagram));
  }

  #begin(from: RemoteInfo): Conversation | null {
    let stream: Duplex;
    try {
      stream = this.dial('udp', this.target());
    } catch {
      return null;
    }
    const idle = setTimeout(() => stream.destroy(), idleMs);
    const reader = new DatagramReader((datagram) => {
      idle.refresh();
      this.socket.send(datagram, from.port, from.address);
    });
    stream.on('data', (bytes: Buffer) => reader.push(bytes));
    stream.on('error', () => {});
    stream.on('end', () => stream.destroy());
    stream.once('close', () => {
      clearTimeout(idle);
      this.#conversations.delete(keyOf(from));
    });
    const conversation = { stream, idle };
    this.#conversations.set(keyOf(from), conversation);
    return conversation;
  }
}

interface Conversation {
  stream: Duplex;
  idle: NodeJS.Timeout;
}

const keyOf = ({ address, port }: RemoteInfo): string => `${address} ${port}`;

/** Relays datagrams. @throws Error with the system's code if the address cannot be listened on */
export async function listenUdp({ address, port, dial, target }: ListenOptions): Promise<Listener> {
  const six = familyOf(address) === 6;
  const socket = createSocket({ type: six ? 'udp6' : 'udp4', ipv6Only: six });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  const relay = new Relay(socket, dial, target);
  return {
    address,
    close: async () => {
      relay.close();
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}
