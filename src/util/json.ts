// JSON as a type.

/** What a JSON text can hold. A field that is `undefined` is not written. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [field: string]: JsonValue | undefined };
