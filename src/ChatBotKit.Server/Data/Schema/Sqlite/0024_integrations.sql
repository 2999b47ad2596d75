-- The pictures of widgets: at most one for each place.
CREATE TABLE "WidgetFiles" (
    "WidgetId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" TEXT NOT NULL,
    "FileId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    PRIMARY KEY ("WidgetId", "Type")
) STRICT, WITHOUT ROWID;
CREATE INDEX "IX_WidgetFiles_FileId" ON "WidgetFiles" ("FileId");
