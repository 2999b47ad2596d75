-- Short notes for the bots of a blueprint. They expire.
CREATE TABLE "Bulletins" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "BlueprintId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Text" TEXT NOT NULL,
    -- The name of the person or bot that wrote it.
    "Author" TEXT NULL,
    "BotId" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL
) STRICT;
CREATE INDEX "IX_Bulletins_List" ON "Bulletins" ("BlueprintId", "CreatedAt", "Id");
