-- The values of personal secrets, of which each contact has its own.
CREATE TABLE "SecretValues" (
    "SecretId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ContactId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- Whether the value is one that somebody entered, or the tokens of an OAuth provider.
    "Field" text COLLATE "C" NOT NULL,
    -- The value, encrypted.
    "Value" text COLLATE "C" NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    CONSTRAINT "PK_SecretValues" PRIMARY KEY ("SecretId", "ContactId")
);
CREATE INDEX "IX_SecretValues_ContactId" ON "SecretValues" ("ContactId");
