// Which characters go on with a word, and which with an address.

const wordUnit = /[\p{L}\p{M}\p{N}\ud800-\udfff]/u;
/** The characters of RFC 3986 but those that people put around and between addresses. */
const urlUnit = /[\p{L}\p{M}\p{N}\-._~%/?#=&+:@]/u;

export const isWordUnit = (unit: string): boolean => wordUnit.test(unit);
export const isUrlUnit = (unit: string): boolean => urlUnit.test(unit);
