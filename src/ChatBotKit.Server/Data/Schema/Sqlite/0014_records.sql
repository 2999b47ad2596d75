-- The records of datasets. The records of a deleted dataset are deleted after it, in pieces, so the column has no foreign key.
CREATE TABLE "Records" (
    "DatasetId" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    -- The number of the last change of the record. The changes of a dataset are numbered in the order of their commits.
    "Change" INTEGER NOT NULL,
    "Source" TEXT NULL,
    "Meta" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    -- NULL for a deleted record. Its row remains for a while, so that a search index can read the deletion. The column is the last one,
    -- so that the others are read without a long text.
    "Text" TEXT NULL,
    PRIMARY KEY ("DatasetId", "Id")
) STRICT;
CREATE UNIQUE INDEX "UX_Records_Change" ON "Records" ("DatasetId", "Change");
CREATE INDEX "IX_Records_List" ON "Records" ("DatasetId", "CreatedAt", "Id") WHERE "Text" IS NOT NULL;
CREATE INDEX "IX_Records_Source" ON "Records" ("DatasetId", "Source") WHERE "Source" IS NOT NULL;
CREATE INDEX "IX_Records_Deleted" ON "Records" ("UpdatedAt") WHERE "Text" IS NULL;

-- The numbers of the changes. A dataset has a row from its first record on.
CREATE TABLE "RecordChanges" (
    "DatasetId" TEXT NOT NULL PRIMARY KEY REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- The number of the last change.
    "Last" INTEGER NOT NULL,
    -- The highest number of a deletion whose row no longer exists.
    "Forgotten" INTEGER NOT NULL
) STRICT;

-- The files that are attached to datasets.
CREATE TABLE "DatasetFiles" (
    "DatasetId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "FileId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    -- How far the import of the file is.
    "State" TEXT NOT NULL,
    -- Why the last import failed.
    "Error" TEXT NULL,
    -- The number of records of the last complete import, and its time.
    "Records" INTEGER NOT NULL,
    "ImportedAt" INTEGER NULL,
    PRIMARY KEY ("DatasetId", "FileId")
) STRICT;
CREATE INDEX "IX_DatasetFiles_FileId" ON "DatasetFiles" ("FileId");
