// undici without the side effect of importing it. Version 8 makes itself the HTTP client of everything in the process
// that uses an older undici, and discord.js, which does, can then send no files any more. So that is put back.

// The order counts: remembered, loaded, put back. All of it happens in one go: during an `await`, discord.js could set
// its client, which would then be taken away again.
import './legacy-client.ts';
import undici from 'undici';
import { putBack } from './legacy-client.ts';

putBack();

export const { Agent, errors, Pool, request } = undici;
