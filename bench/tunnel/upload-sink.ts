// What the origin hands uploads to: reads them to the end, throws them away, answers.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => response.end('ok\n'));
});
server.listen(process.argv[2] === undefined ? 0 : (JSON.parse(process.argv[2]) as { path: string }).path, () => process.send?.('ready'));
process.on('message', (message) => {
  if (message === 'stop') process.exit(0);
});
