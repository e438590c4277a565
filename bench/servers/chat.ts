// The least Chat service, in a process of its own: answers OK, and notes when each request came in. Its argument is by how
// many milliseconds requests are held up on the way at most.
import { createServer, type ServerResponse } from 'node:http';

const jitterMs = Number(process.argv[2] ?? 0);
const arrivals: number[] = [];
const ok = '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}';

function arrive(response: ServerResponse): void {
  arrivals.push(performance.now());
  response.end(ok);
}

const server = createServer((request, response) => {
  const cameAt = performance.now();
  request.resume();
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/arrivals') {
      response.end(JSON.stringify(arrivals.splice(0)));
      return;
    }
    if (jitterMs > 0) {
      setTimeout(arrive, Math.random() * jitterMs, response);
      return;
    }
    arrivals.push(cameAt);
    response.end(ok);
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : address);
});
