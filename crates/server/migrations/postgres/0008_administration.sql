-- Who gave a password that its holder has to change, and when; when an account was signed in to last.
ALTER TABLE credential ADD COLUMN given_by TEXT;
ALTER TABLE credential ADD COLUMN given_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN signed_in_at BIGINT NOT NULL DEFAULT 0;

-- How somebody came in: by password, by the provider, by the provider with a second factor.
ALTER TABLE session ADD COLUMN entrance BIGINT NOT NULL DEFAULT 0;

-- When a device that was given to somebody was heard of last.
ALTER TABLE standing ADD COLUMN seen_at BIGINT;

-- Sign-ins that went off to the provider and are not back yet.
CREATE TABLE provider_flow (
    township TEXT NOT NULL,
    state BYTEA NOT NULL,
    browser BYTEA NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    PRIMARY KEY (township, state)
);

-- Sign-ins that came back, and lack the code of the township's own second factor.
CREATE TABLE provider_half (
    township TEXT NOT NULL,
    browser BYTEA NOT NULL,
    account TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    PRIMARY KEY (township, browser)
);

-- Whose account it is when the provider says that it is somebody.
CREATE TABLE provider_link (
    township TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (township, issuer, subject)
);
