-- The routing engine's memory. One owner per domain writes; its epoch fences out an owner that was taken for dead.

create table leases (
  name       text primary key,
  owner      text not null,
  epoch      bigint not null,
  renewed_at timestamptz not null,
  expires_at timestamptz not null
);

-- json and not jsonb: the text is kept as it was written, so that a replay sees keys in the very order that the live engine saw.
create table engine_journal (
  domain text not null,
  seq    bigint not null,
  epoch  bigint not null,
  at     timestamptz not null,
  event  json not null,
  primary key (domain, seq)
);

create table engine_snapshots (
  domain      text not null,
  seq         bigint not null,
  epoch       bigint not null,
  taken_at    timestamptz not null default now(),
  state       json not null,
  -- Effects decided up to seq that were not marked done when the snapshot was taken.
  outstanding json not null,
  primary key (domain, seq)
);

create table effects_done (
  domain    text not null,
  effect_id text not null,
  seq       bigint not null,
  outcome   text not null check (outcome in ('done', 'withdrawn', 'failed')),
  at        timestamptz not null default now(),
  primary key (domain, effect_id)
);
create index effects_done_seq on effects_done (domain, seq);
