/** A stand-in that passes everything on until it is cut: then nothing it is asked ever comes about, as in a process that died. */
export function severable<T extends object>(target: T): { readonly it: T; cut(): void } {
  let dead = false;
  const it = new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        dead ? new Promise(() => {}) : (value as (...all: unknown[]) => unknown).apply(object, given);
    },
    set: (object, key, value) => Reflect.set(object, key, value, object),
  });
  return {
    it,
    cut: () => {
      dead = true;
    },
  };
}
