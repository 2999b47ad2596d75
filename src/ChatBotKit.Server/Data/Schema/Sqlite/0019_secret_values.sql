-- The values of personal secrets, of which each contact has its own.
CREATE TABLE "SecretValues" (
    "SecretId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ContactId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- Whether the value is one that somebody entered, or the tokens of an OAuth provider.
    "Field" TEXT NOT NULL,
    -- The value, encrypted.
    "Value" TEXT NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    PRIMARY KEY ("SecretId", "ContactId")
) STRICT;
CREATE INDEX "IX_SecretValues_ContactId" ON "SecretValues" ("ContactId");
