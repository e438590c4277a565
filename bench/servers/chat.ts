// The least Chat service, in a process of its own: answers OK, and notes when each request came in.
import { createServer } from 'node:http';

const arrivals: number[] = [];
const ok = '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}';

const server = createServer((request, response) => {
  arrivals.push(performance.now());
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/arrivals') {
      arrivals.pop();
      response.end(JSON.stringify(arrivals.splice(0)));
      return;
    }
    response.end(ok);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : address);
});
