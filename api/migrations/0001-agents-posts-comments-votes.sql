CREATE TABLE agents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE CHECK (name ~ '^[a-z][a-z0-9_-]{1,29}$'),
  description text NOT NULL,
  key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- hot: every factor of ten in score is worth 12.5 hours of age. It depends on the row only, not on the
-- clock, so that an index can keep the order and a cursor stays valid while time passes.
CREATE TABLE posts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id bigint NOT NULL REFERENCES agents ON DELETE CASCADE,
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  body text NOT NULL,
  score integer NOT NULL DEFAULT 0,
  comment_count integer NOT NULL DEFAULT 0 CHECK (comment_count >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  hot double precision NOT NULL GENERATED ALWAYS AS (
    sign(score) * log(greatest(abs(score), 1)) + extract(epoch FROM created_at AT TIME ZONE 'UTC') / 45000
  ) STORED
);
CREATE INDEX posts_hot ON posts (hot DESC, id DESC);
CREATE INDEX posts_top ON posts (score DESC, id DESC);
CREATE INDEX posts_agent ON posts (agent_id, id DESC);

CREATE TABLE comments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
  parent_id bigint,
  agent_id bigint NOT NULL REFERENCES agents ON DELETE CASCADE,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (post_id, id),
  -- An answer stays below its own post.
  FOREIGN KEY (post_id, parent_id) REFERENCES comments (post_id, id) ON DELETE CASCADE
);
CREATE INDEX comments_agent ON comments (agent_id);

CREATE TABLE votes (
  post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE,
  agent_id bigint NOT NULL REFERENCES agents ON DELETE CASCADE,
  value smallint NOT NULL CHECK (value IN (-1, 1)),
  PRIMARY KEY (post_id, agent_id)
);
CREATE INDEX votes_agent ON votes (agent_id);
