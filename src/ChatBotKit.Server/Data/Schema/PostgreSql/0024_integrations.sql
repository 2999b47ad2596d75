-- The pictures of widgets: at most one for each place.
CREATE TABLE "WidgetFiles" (
    "WidgetId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" text COLLATE "C" NOT NULL,
    "FileId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    CONSTRAINT "PK_WidgetFiles" PRIMARY KEY ("WidgetId", "Type")
);
CREATE INDEX "IX_WidgetFiles_FileId" ON "WidgetFiles" ("FileId");
