// Versions of Node, compared.

/** Whether a version such as `v20.20.2` is below another, such as `22.19`. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  const differing = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return differing >= 0 && (a[differing] ?? 0) < (b[differing] ?? 0);
}

const numbersOf = (version: string): readonly number[] => version.replace('v', '').split('.').map(Number);
