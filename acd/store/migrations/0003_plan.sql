-- What the contact center is told to do: flows, entry addresses, routing configurations; every change a new version.

create table flows (
  id         text primary key,
  name       text not null,
  active     integer,
  created_at timestamptz not null default now()
);

create table flow_versions (
  flow_id    text not null references flows on delete cascade,
  version    integer not null,
  definition jsonb not null,
  note       text,
  created_by text,
  created_at timestamptz not null default now(),
  primary key (flow_id, version)
);

-- Which flow answers what was dialled (or written to).
create table entry_addresses (
  channel text not null,
  address text not null,
  flow_id text not null references flows,
  primary key (channel, address)
);

create table routing_configurations (
  domain        text not null,
  version       integer not null,
  configuration json not null,
  note          text,
  restored_from integer,
  created_by    text,
  created_at    timestamptz not null default now(),
  activated_at  timestamptz,
  primary key (domain, version)
);
