import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** A name server that knows one address (IPv4) for every name, or none for any. */
export interface NameServer extends AsyncDisposable {
  stop(): Promise<void>;
}

/** Starts it on port 53 of an address of this computer, which needs root. @param answer the IPv4 address it gives; null: it says that there is no such name */
export async function startNameServer(address: string, answer: string | null): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => socket.send(reply(question, answer), from.port, from.address));
  socket.bind(53, address);
  await once(socket, 'listening');
  const stop = () => closed(socket);
  return { stop, [Symbol.asyncDispose]: stop };
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.close(() => resolve()));

/** Questions for an address (type A) get it, others no record. The form is RFC 1035's. */
function reply(question: Buffer, answer: string | null): Buffer {
  let end = 12;
  while (question[end]) end += (question[end] ?? 0) + 1;
  end += 5;
  const address = question.readUInt16BE(end - 4) === 1 ? answer : null;
  const head = Buffer.from(question.subarray(0, 12));
  // An answer, recursion desired and available; no failure, or no such name (3).
  head.writeUInt16BE(answer === null ? 0x8183 : 0x8180, 2);
  head.writeUInt16BE(address === null ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  // The name is the question's; type A, class IN, 1 s, 4 bytes.
  const record = (of: string) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...of.split('.').map(Number)]);
  return Buffer.concat([head, question.subarray(12, end), ...(address === null ? [] : [record(address)])]);
}
