-- The pictures of widgets: at most one for each place.
CREATE TABLE "WidgetFiles" (
    "WidgetId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" text COLLATE "C" NOT NULL,
    "FileId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    CONSTRAINT "PK_WidgetFiles" PRIMARY KEY ("WidgetId", "Type")
);
CREATE INDEX "IX_WidgetFiles_FileId" ON "WidgetFiles" ("FileId");

-- What extract integrations have found: one item for each conversation, which is deleted with it.
CREATE TABLE "ExtractItems" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_ExtractItems" PRIMARY KEY,
    "IntegrationId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ConversationId" text COLLATE "C" NOT NULL REFERENCES "Conversations" ("Id") ON DELETE CASCADE,
    "Data" text COLLATE "C" NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL
);
CREATE INDEX "IX_ExtractItems_IntegrationId" ON "ExtractItems" ("IntegrationId", "CreatedAt", "Id");
CREATE INDEX "IX_ExtractItems_ConversationId" ON "ExtractItems" ("ConversationId");
