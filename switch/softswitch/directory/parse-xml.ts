import { XMLParser } from 'fast-xml-parser';
import type { PasswordAnswer } from '../sip/index.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  processEntities: true,
  htmlEntities: false,
  parseAttributeValue: false,
  isArray: (name) => ['section', 'domain', 'group', 'user', 'param', 'variable'].includes(name),
});

type Node = Readonly<Record<string, unknown>>;

function nodes(parent: unknown, name: string): Node[] {
  if (typeof parent !== 'object' || parent === null) return [];
  const value = (parent as Node)[name];
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter((one): one is Node => typeof one === 'object' && one !== null);
}

function pairs(user: Node, list: string, item: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const holder of nodes(user, list)) {
    for (const row of nodes(holder, item)) {
      if (typeof row.name === 'string' && typeof row.value === 'string') found[row.name] = row.value;
    }
  }
  return found;
}

/** Users of a domain: directly in it, in `users`, or in `groups/group/users`. */
function usersOf(domain: Node): Node[] {
  const groups = [domain, ...nodes(domain, 'groups').flatMap((holder) => nodes(holder, 'group'))];
  return groups.flatMap((one) => [
    ...nodes(one, 'user'),
    ...nodes(one, 'users').flatMap((list) => nodes(list, 'user')),
  ]);
}

/**
 * Reads the XML that a directory answers with: `document/section[name=directory]/domain/…/user` with `params` (`password`
 * or `a1-hash`) and `variables`. Anything else means that there is no such user; what is not XML means that it can't be told.
 */
export function parseDirectoryXml(text: string, name: string): PasswordAnswer {
  // A document type is never needed here, and is how entities are smuggled in.
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return { kind: 'unavailable' };
  let document: unknown;
  try {
    document = parser.parse(text);
  } catch {
    return { kind: 'unavailable' };
  }
  const sections = nodes(document, 'document').flatMap((one) => nodes(one, 'section'));
  if (sections.length === 0) return { kind: 'unavailable' };
  const user = sections
    .filter((section) => section.name === 'directory')
    .flatMap((section) => nodes(section, 'domain'))
    .flatMap(usersOf)
    .find((one) => one.id === name);
  if (!user) return { kind: 'unknown' };
  const params = pairs(user, 'params', 'param');
  const variables = pairs(user, 'variables', 'variable');
  if (params['a1-hash'] !== undefined) return { kind: 'found', ha1: params['a1-hash'].toLowerCase(), variables };
  return params.password === undefined ? { kind: 'unknown' } : { kind: 'found', password: params.password, variables };
}
