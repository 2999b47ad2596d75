-- Short notes for the bots of a blueprint. They expire.
CREATE TABLE "Bulletins" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Bulletins" PRIMARY KEY,
    "BlueprintId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Text" text COLLATE "C" NOT NULL,
    -- The name of the person or bot that wrote it.
    "Author" text COLLATE "C" NULL,
    "BotId" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "ExpiresAt" bigint NOT NULL
);
CREATE INDEX "IX_Bulletins_List" ON "Bulletins" ("BlueprintId", "CreatedAt", "Id");
