// Echo servers on port 7, TCP and UDP. Each TCP connection's end is sent back when the other side has ended.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

process.on('SIGTERM', () => process.exit(0));
createServer({ allowHalfOpen: true }, (connection) => {
  connection.on('error', () => connection.destroy());
  connection.pipe(connection);
}).listen(7, () => console.log('tcp ready'));

const datagrams = createSocket('udp4');
datagrams.on('message', (message, from) => datagrams.send(message, from.port, from.address));
datagrams.bind(7, () => console.log('udp ready'));
