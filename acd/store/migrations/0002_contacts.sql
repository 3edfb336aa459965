-- Customers, and what happened with them.

create table customers (
  id           text primary key,
  display_name text,
  locale       text,
  tier         text,
  attributes   jsonb not null default '{}',
  merged_into  text references customers,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);

-- One identity belongs to one customer. For kind 'phone' the value is E.164 with '+'.
create table customer_identities (
  kind        text not null,
  value       text not null,
  customer_id text not null references customers,
  created_at  timestamptz not null default now(),
  primary key (kind, value)
);
create index customer_identities_customer on customer_identities (customer_id);

-- One engagement of one customer on one channel. Its span is started_at to closed_at: wrap-up after the customer left belongs to it.
create table contacts (
  id             text primary key,
  channel        text not null,
  direction      text not null check (direction in ('inbound', 'outbound', 'internal')),
  customer_id    text references customers,
  remote_address text,
  local_address  text,
  flow_id        text,
  reason         text,
  node           text,
  started_at     timestamptz not null,
  answered_at    timestamptz,
  ended_at       timestamptz,
  closed_at      timestamptz,
  outcome        text,
  outcome_detail text,
  end_cause      text,
  disposition_id text references dispositions,
  notes          text,
  variables      jsonb not null default '{}',
  check (ended_at is null or ended_at >= started_at),
  check (closed_at is null or (ended_at is not null and closed_at >= ended_at)),
  check ((ended_at is null) = (outcome is null))
);
create index contacts_started on contacts (started_at desc, id desc);
create index contacts_customer on contacts (customer_id, started_at desc, id desc);
create index contacts_open on contacts (started_at) where closed_at is null;

-- The contact's stay in one flow, in one queue, with one agent, or in an agent's wrap-up. Segments follow each other without gap or
-- overlap, and so do the phases within: the milliseconds of all segments add up to the contact's span. The exception is a wrap-up
-- that runs aside, while the contact is already elsewhere (after a transfer): it counts for the agent and not for the span.
create table segments (
  id          text primary key,
  contact_id  text not null references contacts on delete cascade,
  ordinal     integer not null,
  kind        text not null check (kind in ('flow', 'queue', 'agent', 'wrap-up', 'outside')),
  aside       boolean not null default false,
  queue_id    text,
  agent_id    text,
  flow_id     text,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  end_reason  text,
  phase       text not null check (phase in ('flow', 'wait', 'ring', 'talk', 'hold', 'wrap-up')),
  phase_since timestamptz not null,
  flow_ms     bigint not null default 0,
  wait_ms     bigint not null default 0,
  ring_ms     bigint not null default 0,
  talk_ms     bigint not null default 0,
  hold_ms     bigint not null default 0,
  wrap_up_ms  bigint not null default 0,
  unique (contact_id, ordinal)
);
create unique index segments_open on segments (contact_id) where ended_at is null and not aside;
create index segments_agent on segments (agent_id, started_at desc) where agent_id is not null;
create index segments_queue on segments (queue_id, started_at desc) where queue_id is not null;

create table contact_events (
  id         bigint generated always as identity primary key,
  contact_id text not null references contacts on delete cascade,
  at         timestamptz not null,
  kind       text not null,
  data       jsonb not null default '{}'
);
create index contact_events_contact on contact_events (contact_id, at, id);

create table recordings (
  id          text primary key,
  contact_id  text not null references contacts on delete cascade,
  segment_id  text,
  agent_id    text,
  kind        text not null check (kind in ('conversation', 'voicemail')),
  path        text not null unique,
  state       text not null check (state in ('recording', 'stored', 'cut-short', 'missing')),
  started_at  timestamptz not null,
  ended_at    timestamptz,
  duration_ms bigint,
  size_bytes  bigint,
  pauses      jsonb not null default '[]'
);
create index recordings_contact on recordings (contact_id, started_at);

-- Every announced wait, with the wait that followed, so that each queue shows its own error.
create table wait_predictions (
  contact_id   text not null,
  queue_id     text not null,
  estimator    text not null,
  at           timestamptz not null,
  predicted_ms bigint not null,
  actual_ms    bigint,
  outcome      text,
  primary key (contact_id, queue_id, estimator, at)
);
create index wait_predictions_queue on wait_predictions (queue_id, estimator, at desc);
