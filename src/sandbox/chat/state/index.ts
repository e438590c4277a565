// The state of the Chat stand-in as a file: its format, reading, and writing.

export type { ReadWorldFile, WorldFile } from './format.ts';
export { parseWorldText, readWorldFile, WorldFileFault } from './read.ts';
export { restoreWorld } from './restore.ts';
export { snapshotOf } from './snapshot.ts';
