// Public entry `chat-marshal/sandbox`: the stand-ins for Chat and Discord, for the tests of any Chat developer.

export type { Clock } from '../util/clock.ts';
export * from './chat/index.ts';
export { type ReadWorldFile, readWorldFile, type WorldFile, WorldFileFault } from './chat/state/index.ts';
export { type ManualClock, type MovableClock, manualClock, movableClock } from './clock.ts';
export {
  type ChatSandbox,
  type Sandbox,
  type SandboxOptions,
  sandboxGroup,
  startChatSandbox,
  startSandbox,
} from './start.ts';
