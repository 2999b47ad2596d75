-- The sign-ins of programs at MCP servers. Each has one row, whatever becomes of its code and its tokens, which are stored as hashes.
CREATE TABLE "McpGrants" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_McpGrants" PRIMARY KEY,
    "IntegrationId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- The hash of the client's id.
    "Client" text COLLATE "C" NOT NULL,
    "RedirectUri" text COLLATE "C" NOT NULL,
    "Challenge" text COLLATE "C" NOT NULL,
    "CodeHash" text COLLATE "C" NOT NULL,
    "CodeExpiresAt" bigint NOT NULL,
    "RedeemedAt" bigint NULL,
    "AccessHash" text COLLATE "C" NULL,
    "AccessExpiresAt" bigint NULL,
    "RefreshHash" text COLLATE "C" NULL,
    -- The refresh token before the current one. A second use of it ends the sign-in.
    "UsedRefreshHash" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "ExpiresAt" bigint NOT NULL
);
CREATE INDEX "IX_McpGrants_IntegrationId" ON "McpGrants" ("IntegrationId", "CreatedAt", "Id");
