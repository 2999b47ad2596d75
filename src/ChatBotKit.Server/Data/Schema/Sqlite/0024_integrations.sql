-- The pictures of widgets: at most one for each place.
CREATE TABLE "WidgetFiles" (
    "WidgetId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" TEXT NOT NULL,
    "FileId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    PRIMARY KEY ("WidgetId", "Type")
) STRICT, WITHOUT ROWID;
CREATE INDEX "IX_WidgetFiles_FileId" ON "WidgetFiles" ("FileId");

-- What extract integrations have found: one item for each conversation, which is deleted with it.
CREATE TABLE "ExtractItems" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "IntegrationId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ConversationId" TEXT NOT NULL REFERENCES "Conversations" ("Id") ON DELETE CASCADE,
    "Data" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL
) STRICT;
CREATE INDEX "IX_ExtractItems_IntegrationId" ON "ExtractItems" ("IntegrationId", "CreatedAt", "Id");
CREATE INDEX "IX_ExtractItems_ConversationId" ON "ExtractItems" ("ConversationId");
