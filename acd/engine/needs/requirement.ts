import { ENGINE_LIMITS, type Requirement, type SkillLevels } from '../configuration.ts';

/** Whether somebody with these skills satisfies the requirement. A skill one does not have counts as level 0. */
export function satisfies(skills: SkillLevels, requirement: Requirement | undefined): boolean {
  if (requirement === undefined) return true;
  if ('skill' in requirement) return levelOf(skills, requirement.skill) >= (requirement.min ?? 1);
  if ('and' in requirement) return requirement.and.every((part) => satisfies(skills, part));
  if ('or' in requirement) return requirement.or.some((part) => satisfies(skills, part));
  return !satisfies(skills, requirement.not);
}

function levelOf(skills: SkillLevels, skill: string): number {
  return Object.hasOwn(skills, skill) ? skills[skill]! : 0;
}

/** The requirement with `skill` asked for at level `to` at most. Parts under NOT stay as they are. */
export function lowerLevel(requirement: Requirement | undefined, skill: string, to: number): Requirement | undefined {
  if (requirement === undefined || 'not' in requirement) return requirement;
  if ('skill' in requirement) {
    return requirement.skill === skill && (requirement.min ?? 1) > to ? { skill, min: to } : requirement;
  }
  if ('and' in requirement) return { and: requirement.and.map((part) => lowerLevel(part, skill, to)!) };
  return { or: requirement.or.map((part) => lowerLevel(part, skill, to)!) };
}

/** The requirement without `skill`. Parts under NOT stay; an OR that loses a part is satisfied by anybody. */
export function dropSkill(requirement: Requirement | undefined, skill: string): Requirement | undefined {
  if (requirement === undefined || 'not' in requirement) return requirement;
  if ('skill' in requirement) return requirement.skill === skill ? undefined : requirement;
  if ('and' in requirement) {
    const left = requirement.and.map((part) => dropSkill(part, skill)).filter((part) => part !== undefined);
    return left.length === 0 ? undefined : left.length === 1 ? left[0] : { and: left };
  }
  const left = requirement.or.map((part) => dropSkill(part, skill));
  return left.some((part) => part === undefined) ? undefined : { or: left as Requirement[] };
}

/** The skills asked for, each once, in order of appearance. Parts under NOT do not count. */
export function skillsAskedFor(requirement: Requirement | undefined, into: string[] = []): string[] {
  if (requirement === undefined || 'not' in requirement) return into;
  if ('skill' in requirement) {
    if (!into.includes(requirement.skill)) into.push(requirement.skill);
    return into;
  }
  for (const part of 'and' in requirement ? requirement.and : requirement.or) skillsAskedFor(part, into);
  return into;
}

/** The first part that is not satisfied, in words: `english ≥ 3`. */
export function firstMissing(skills: SkillLevels, requirement: Requirement | undefined): string | undefined {
  if (requirement === undefined || satisfies(skills, requirement)) return undefined;
  if ('skill' in requirement) return `${requirement.skill} ≥ ${requirement.min ?? 1}`;
  if ('and' in requirement) {
    for (const part of requirement.and) {
      const missing = firstMissing(skills, part);
      if (missing !== undefined) return missing;
    }
  }
  if ('or' in requirement) return requirement.or.map((part) => firstMissing(skills, part) ?? '').join(' / ');
  return 'not' in requirement ? `not ${JSON.stringify(requirement.not)}` : undefined;
}

/** Whether a value from outside is a requirement within the limits. */
export function isRequirement(
  value: unknown,
  depth: number = ENGINE_LIMITS.requirementDepth,
  budget = { terms: 0 },
): value is Requirement {
  if (typeof value !== 'object' || value === null || depth <= 0) return false;
  if (++budget.terms > ENGINE_LIMITS.requirementTerms) return false;
  const part = value as Record<string, unknown>;
  if (Object.keys(part).length !== ('min' in part ? 2 : 1)) return false;
  if ('skill' in part) {
    const min = part['min'] ?? 1;
    return (
      typeof part['skill'] === 'string' &&
      part['skill'].length <= ENGINE_LIMITS.idLength &&
      Number.isInteger(min) &&
      (min as number) >= 1 &&
      (min as number) <= 10
    );
  }
  if ('not' in part) return isRequirement(part['not'], depth - 1, budget);
  const list = part['and'] ?? part['or'];
  return Array.isArray(list) && list.length > 0 && list.every((entry) => isRequirement(entry, depth - 1, budget));
}
