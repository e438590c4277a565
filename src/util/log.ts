// The log, as most parts write to it: what happened in fields, and a sentence. A pino logger fits.

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
