// Public entry `chat-marshal/sandbox`: the stand-ins for Chat and Discord, for the tests of any Chat developer.
export {
  type ChatSandbox,
  type Sandbox,
  type SandboxOptions,
  sandboxGroup,
  startChatSandbox,
  startSandbox,
} from './start.ts';
