import type { Clock, Timer } from '../../../../config/clock.ts';
import type { Binding, RegistrationEvent, SipLimits } from '../stack.ts';
import type { Flow } from '../transport/flow.ts';

/** A binding with what the registrar keeps to itself. */
export interface KeptBinding extends Binding {
  readonly flow: Flow;
  /** `+sip.instance` (RFC 5626), or the contact URI: what makes it the same binding again. */
  readonly identity: string;
  readonly callId: string;
  readonly cseq: number;
}

/** Bindings per user, in memory. A binding ends by time, by word of the phone, or with its connection. */
export class Bindings {
  readonly #users = new Map<string, KeptBinding[]>();
  readonly #timers = new Map<KeptBinding, Timer>();
  readonly #clock: Clock;
  readonly #limits: SipLimits;
  readonly #tell: (event: RegistrationEvent) => void;

  constructor(clock: Clock, limits: SipLimits, tell: (event: RegistrationEvent) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#tell = tell;
  }

  get size(): number {
    return this.#timers.size;
  }

  /** Best first: highest q, then newest. */
  of(user: string): readonly KeptBinding[] {
    return [...(this.#users.get(user) ?? [])].sort((a, b) => b.q - a.q || b.registeredAtMs - a.registeredAtMs);
  }

  all(): readonly KeptBinding[] {
    return [...this.#timers.keys()];
  }

  /** True when one more user would be too many. */
  full(user: string): boolean {
    return !this.#users.has(user) && this.#users.size >= this.#limits.users;
  }

  /** Adds or renews. Above the limit per user the oldest one goes: a phone that came back under new names must not lock itself out. */
  put(binding: KeptBinding): void {
    const held = this.#users.get(binding.user) ?? [];
    const before = held.find((other) => other.identity === binding.identity);
    if (before) this.#drop(before);
    const kept = this.#users.get(binding.user) ?? [];
    const oldest = kept[0];
    if (kept.length >= this.#limits.bindingsPerUser && oldest) this.remove(oldest, 'expired');
    const list = this.#users.get(binding.user) ?? [];
    list.push(binding);
    this.#users.set(binding.user, list);
    const delayMs = binding.expiresAtMs - this.#clock.now();
    this.#timers.set(
      binding,
      this.#clock.after(delayMs, () => this.remove(binding, 'expired')),
    );
    this.#tell({ kind: before ? 'refreshed' : 'registered', binding, bindingsLeft: list.length });
  }

  remove(binding: KeptBinding, why: 'unregistered' | 'expired'): void {
    if (!this.#drop(binding)) return;
    this.#tell({ kind: why, binding, bindingsLeft: this.#users.get(binding.user)?.length ?? 0 });
  }

  /** Ends the bindings of a connection that closed. */
  flowClosed(flow: Flow): void {
    for (const binding of this.#timers.keys()) if (binding.flow === flow) this.remove(binding, 'expired');
  }

  /** The flow of the newest binding with that contact URI. */
  flowOf(contact: string): Flow | undefined {
    return [...this.#timers.keys()].findLast((binding) => binding.contact === contact)?.flow;
  }

  onFlow(flow: Flow): boolean {
    for (const binding of this.#timers.keys()) if (binding.flow === flow) return true;
    return false;
  }

  /** Forgets everything without a word. */
  close(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#users.clear();
  }

  #drop(binding: KeptBinding): boolean {
    const timer = this.#timers.get(binding);
    if (!timer) return false;
    timer.cancel();
    this.#timers.delete(binding);
    const left = (this.#users.get(binding.user) ?? []).filter((other) => other !== binding);
    if (left.length === 0) this.#users.delete(binding.user);
    else this.#users.set(binding.user, left);
    return true;
  }
}
