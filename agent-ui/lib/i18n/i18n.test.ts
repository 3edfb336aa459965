import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import zh from './zh-CN.json' with { type: 'json' };

const pages = fileURLToPath(new URL('../../', import.meta.url));
type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}
const words = { en: flatten(en), 'zh-CN': flatten(zh) };
const PLURAL = /_(one|other|zero|two|few|many)$/;
const bare = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(PLURAL, '')));

const sources = readdirSync(pages, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(dist|node_modules|tests)\/|\.test\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(`${pages}/${path}`, 'utf8') }));

/** Keys written out, and the beginnings of keys that are put together: t(`phase.${phase}`). */
const written = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\bt\(\s*['"]([^'"]+)['"]/g)].map(([, key]) => ({ path, key: key ?? '' })),
);
const begun = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map(([, prefix]) => ({ path, prefix: prefix ?? '' })),
);

describe('both languages say the same things', () => {
  it('have the same keys, but for plurals that only one of them has', () => {
    expect([...bare(words.en.keys())].sort()).toEqual([...bare(words['zh-CN'].keys())].sort());
  });
  it('have no empty sentence and the same placeholders', () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();
    for (const [key, text] of words['zh-CN']) {
      expect(text.trim(), key).not.toBe('');
      const other = words.en.get(key) ?? words.en.get(`${key.replace(PLURAL, '')}_other`) ?? '';
      expect(other.trim(), key).not.toBe('');
      expect(placeholders(other), key).toEqual(placeholders(text));
    }
  });
  it('have every key that a page asks for', () => {
    expect(written.length).toBeGreaterThan(100);
    const known = bare(words.en.keys());
    expect(written.filter(({ key }) => !known.has(key))).toEqual([]);
  });
  it('have words under every beginning that a page completes', () => {
    const known = [...words.en.keys()];
    expect(begun.filter(({ prefix }) => !known.some((key) => key.startsWith(prefix)))).toEqual([]);
  });
  it('have no word that no page says', () => {
    const said = new Set(written.map(({ key }) => key));
    const unsaid = [...bare(words.en.keys())].filter(
      (key) => !said.has(key) && !begun.some(({ prefix }) => key.startsWith(prefix)),
    );
    expect(unsaid).toEqual([]);
  });
});

describe('no text is baked into the pages', () => {
  it('no source holds Chinese characters', () => {
    expect(sources.filter(({ text }) => /[\u4e00-\u9fff]/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
