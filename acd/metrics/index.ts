/** One definition per metric: the wallboard, the reports, the API and the simulator all count with these. Pure functions. */
export * from './abandon-rate.ts';
export * from './average-abandon-wait.ts';
export * from './average-handling-time.ts';
export * from './average-speed-of-answer.ts';
export * from './erlang-a.ts';
export * from './erlang-b.ts';
export * from './erlang-c.ts';
export * from './hold-rate.ts';
export * from './occupancy.ts';
export * from './rona-rate.ts';
export * from './service-level.ts';
export * from './transfer-rate.ts';
export * from './utilization.ts';
