-- The sign-ins of programs at MCP servers. Each has one row, whatever becomes of its code and its tokens, which are stored as hashes.
CREATE TABLE "McpGrants" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "IntegrationId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- The hash of the client's id.
    "Client" TEXT NOT NULL,
    "RedirectUri" TEXT NOT NULL,
    "Challenge" TEXT NOT NULL,
    "CodeHash" TEXT NOT NULL,
    "CodeExpiresAt" INTEGER NOT NULL,
    "RedeemedAt" INTEGER NULL,
    "AccessHash" TEXT NULL,
    "AccessExpiresAt" INTEGER NULL,
    "RefreshHash" TEXT NULL,
    -- The refresh token before the current one. A second use of it ends the sign-in.
    "UsedRefreshHash" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL
) STRICT;
CREATE INDEX "IX_McpGrants_IntegrationId" ON "McpGrants" ("IntegrationId", "CreatedAt", "Id");
