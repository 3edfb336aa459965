const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What a word of the recording is called here: ids, contacts, addresses, files. */
export class Dictionary {
  readonly #words = new Map<string, string>();

  learn(recorded: string, here: string): void {
    if (recorded !== '' && !this.#words.has(recorded)) this.#words.set(recorded, here);
  }

  knows(recorded: string): boolean {
    return this.#words.has(recorded);
  }

  /** The recorded text in words of here; longer words first, so that a part does not spoil the whole. */
  translate(text: string): string {
    const longestFirst = [...this.#words].sort((a, b) => b[0].length - a[0].length);
    let out = text;
    const marks: string[] = [];
    for (const [recorded, here] of longestFirst) {
      if (!out.includes(recorded)) continue;
      out = out.replaceAll(recorded, `\u0000${marks.length}\u0001`);
      marks.push(here);
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks can't occur in what is translated
    return out.replace(/\u0000(\d+)\u0001/g, (_whole, index: string) => marks[Number(index)] ?? '');
  }

  /** Learns ids that stand at the same place in two texts, when the recorded one is new. */
  learnIds(recorded: string, here: string): void {
    const [left, right] = [recorded.match(UUID) ?? [], here.match(UUID) ?? []];
    if (left.length !== right.length) return;
    left.forEach((id, index) => {
      this.learn(id, right[index] ?? '');
    });
  }
}
