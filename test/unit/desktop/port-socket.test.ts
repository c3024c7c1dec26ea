import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { portReceipt } from '#contract/port-receipt';
import { PortSocket } from '#desktop/port-socket';

class StandInPort extends EventEmitter {
  readonly sent: unknown[] = [];
  postMessage(message: unknown) {
    this.sent.push(message);
  }
}

function setUp() {
  const port = new StandInPort();
  const socket = new PortSocket(port);
  let goesOn = false;
  /** Sends as a stream does: the next message only when the last one let it. */
  const send = async (data: string) => {
    goesOn = false;
    await socket.send(data);
    goesOn = true;
  };
  const settled = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return goesOn;
  };
  return { port, socket, send, settled };
}

const million = 'x'.repeat(1_000_000);

test('sending waits while the page does not read, and goes on when it does', async () => {
  const { port, send, settled } = setUp();
  for (let count = 0; count < 3; count += 1) {
    void send(million);
    expect(await settled()).toBe(true);
  }
  void send(million);
  expect(port.sent).toHaveLength(4);
  expect(await settled()).toBe(false);
  port.emit('message', { data: portReceipt });
  expect(await settled()).toBe(true);
});

test('the end of the page lets what waits end, too, and is told', async () => {
  const { port, socket, send, settled } = setUp();
  let told = false;
  socket.addEventListener('close', () => {
    told = true;
  });
  void send(million.repeat(5));
  expect(await settled()).toBe(false);
  port.emit('close');
  expect(await settled()).toBe(true);
  expect(told).toBe(true);
  await send('too late');
  expect(port.sent).toHaveLength(1);
});

test('what the page says comes through, its receipts do not', () => {
  const { port, socket } = setUp();
  const heard: unknown[] = [];
  socket.addEventListener('message', (event) => {
    if (event instanceof MessageEvent) heard.push(event.data);
  });
  port.emit('message', { data: '["1",1,{}]' });
  port.emit('message', { data: portReceipt });
  expect(heard).toEqual(['["1",1,{}]']);
});
