-- Other systems: what they show in place of a session. Only a hash is kept: a copy of this table opens nothing.

create table api_tokens (
  id           text primary key,
  token_hash   text not null unique,
  name         text not null,
  permissions  text[] not null default '{}',
  created_by   text references users on delete set null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at   timestamptz
);
create unique index api_tokens_name on api_tokens (lower(name)) where revoked_at is null;

-- The day's counts are read by time at every start.
create index contact_events_kind_at on contact_events (kind, at);
