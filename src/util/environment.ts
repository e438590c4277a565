// Variables of a process, as a value that can be handed in.

export type Environment = Readonly<Record<string, string | undefined>>;
