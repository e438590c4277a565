// Starts a server of a bench in a process of its own, so that its work is not counted as ours.
import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface Server {
  readonly url: string;
  stop(): void;
}

/** @param file name of the script in this folder; it sends its port when it listens @param args what it is told */
export async function startServer(file: string, args: readonly string[] = []): Promise<Server> {
  const child = fork(new URL(file, import.meta.url), [...args]);
  const [port] = await once(child, 'message');
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}
