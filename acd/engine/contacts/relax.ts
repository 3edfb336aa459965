import type { RelaxationStep } from '../configuration.ts';
import type { Contact } from '../model.ts';
import { dropSkill, lowerLevel } from '../needs/requirement.ts';
import { emit, type World } from '../world.ts';
import { setNeed } from './need-of-contact.ts';
import { setScore } from './scoring.ts';

/** Takes the contact's next relaxation step. It must stand in no need; its place in the queue's line moves with its score. */
export function takeStep(world: World, contact: Contact, why: 'waited' | 'skipped'): void {
  const action = contact.queue.settings.relaxation[contact.step]!.action;
  contact.step++;
  contact.stepSinceMs = world.nowMs;
  widen(world, contact, action);
  setNeed(world, contact);
  emit(world, { type: 'relaxed', contactId: contact.id, queueId: contact.queue.id, step: contact.step, action, why });
}

function widen(world: World, contact: Contact, action: RelaxationStep['action']): void {
  switch (action.do) {
    case 'lower-level':
      contact.requirement = lowerLevel(contact.requirement, action.skill, action.to);
      return;
    case 'drop-skill':
      contact.requirement = dropSkill(contact.requirement, action.skill);
      return;
    case 'add-queue':
      if (!contact.also.includes(action.queueId)) contact.also = [...contact.also, action.queueId];
      return;
    case 'add-group':
      if (!contact.groups.includes(action.group)) contact.groups = [...contact.groups, action.group];
      return;
    case 'raise-priority':
      if (contact.inLine) contact.queue.line.remove(contact);
      contact.raised += action.by;
      setScore(world, contact);
      if (contact.inLine) contact.queue.line.add(contact);
  }
}

/** While nobody signed in could take the contact as it stands, its next step is taken at once. */
export function skipHopelessSteps(world: World, contact: Contact): void {
  while (contact.need!.live === 0 && contact.step < contact.queue.settings.relaxation.length) {
    takeStep(world, contact, 'skipped');
  }
}
