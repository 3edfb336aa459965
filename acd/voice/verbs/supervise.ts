import { SUPERVISION_MODES, type SupervisionMode } from '../../../switch/index.ts';
import { COMMAND_DONE, conflict, NOT_FOUND, type Verb } from '../command.ts';
import { CONTACT_HEADER } from '../effects/offer.ts';
import { dropLeg, knowLeg, ROLE_OF_PART } from '../legs.ts';
import { touch } from '../stage.ts';

export interface SuperviseCommand {
  readonly kind: 'supervise';
  readonly contactId: string;
  /** Under which the supervisor's own phone registers. */
  readonly supervisorPhoneUser: string;
  readonly mode: SupervisionMode;
}
export interface StopSupervisingCommand {
  readonly kind: 'stop-supervising';
  readonly contactId: string;
  readonly supervisorPhoneUser: string;
}

/** SIP header by which the supervisor's page knows why its phone rings. */
export const SUPERVISE_HEADER = 'X-Tandem-Supervise';

/** Rings the supervisor's own phone and puts it on the conversation; asked again it changes the mode. */
export const superviseVerb: Verb<SuperviseCommand> = {
  kind: 'supervise',
  async run(room, { contactId, supervisorPhoneUser, mode }) {
    const call = room.calls.get(contactId);
    if (!call) return NOT_FOUND;
    const { agent } = call;
    if (!agent || call.stage !== 'talking') return conflict('nobody-talks-on-it');
    if (agent.phoneUser === supervisorPhoneUser) return conflict('own-call');
    if (!SUPERVISION_MODES.includes(mode)) return conflict('unknown-mode');
    const there = call.supervisors.get(supervisorPhoneUser);
    if (there) {
      const changed = await call.control.supervise(there.legId, agent.legId, mode);
      if (changed.kind === 'done') there.mode = mode;
      return changed.kind === 'gone' ? conflict('somebody-is-gone') : COMMAND_DONE;
    }
    const legId = room.newId();
    knowLeg(room, call, legId, 'supervisor');
    const part = { legId, mode };
    call.supervisors.set(supervisorPhoneUser, part);
    const answered = await call.control.originate({
      legId,
      target: { kind: 'phone', user: supervisorPhoneUser },
      ringTimeoutMs: room.settings.innerRingTimeoutMs,
      callerNumber: room.settings.ownNumber,
      contactId,
      role: ROLE_OF_PART.supervisor,
      headers: { [CONTACT_HEADER]: contactId, [SUPERVISE_HEADER]: mode },
    });
    const stillOn = call.agent === agent && call.supervisors.get(supervisorPhoneUser) === part;
    const done =
      answered.kind === 'answered' && stillOn ? await call.control.supervise(legId, agent.legId, mode) : undefined;
    if (done?.kind !== 'done') {
      if (answered.kind === 'answered') dropLeg(room, call, legId);
      room.legs.delete(legId);
      if (call.supervisors.get(supervisorPhoneUser) === part) call.supervisors.delete(supervisorPhoneUser);
      return conflict(answered.kind === 'answered' ? 'call-is-over' : `phone-${answered.kind}`);
    }
    room.records.event(contactId, { atMs: room.clock.now(), kind: 'supervised', data: { supervisorPhoneUser, mode } });
    touch(room, call);
    return COMMAND_DONE;
  },
};

export const stopSupervisingVerb: Verb<StopSupervisingCommand> = {
  kind: 'stop-supervising',
  async run(room, { contactId, supervisorPhoneUser }) {
    const call = room.calls.get(contactId);
    const part = call?.supervisors.get(supervisorPhoneUser);
    if (call && part) {
      call.supervisors.delete(supervisorPhoneUser);
      dropLeg(room, call, part.legId);
      touch(room, call);
    }
    return COMMAND_DONE;
  },
};
