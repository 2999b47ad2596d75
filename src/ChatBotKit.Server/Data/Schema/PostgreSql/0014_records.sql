-- The records of datasets. The records of a deleted dataset are deleted after it, in pieces, so the column has no foreign key.
CREATE TABLE "Records" (
    "DatasetId" text COLLATE "C" NOT NULL,
    "Id" text COLLATE "C" NOT NULL,
    -- The number of the last change of the record. The changes of a dataset are numbered in the order of their commits.
    "Change" bigint NOT NULL,
    "Source" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    -- NULL for a deleted record. Its row remains for a while, so that a search index can read the deletion. The column is the last one,
    -- so that the others are read without a long text.
    "Text" text COLLATE "C" NULL,
    CONSTRAINT "PK_Records" PRIMARY KEY ("DatasetId", "Id")
);
CREATE UNIQUE INDEX "UX_Records_Change" ON "Records" ("DatasetId", "Change");
CREATE INDEX "IX_Records_List" ON "Records" ("DatasetId", "CreatedAt", "Id") WHERE "Text" IS NOT NULL;
CREATE INDEX "IX_Records_Source" ON "Records" ("DatasetId", "Source") WHERE "Source" IS NOT NULL;
CREATE INDEX "IX_Records_Deleted" ON "Records" ("UpdatedAt") WHERE "Text" IS NULL;

-- The numbers of the changes. A dataset has a row from its first record on.
CREATE TABLE "RecordChanges" (
    "DatasetId" text COLLATE "C" NOT NULL CONSTRAINT "PK_RecordChanges" PRIMARY KEY REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- The number of the last change.
    "Last" bigint NOT NULL,
    -- The highest number of a deletion whose row no longer exists.
    "Forgotten" bigint NOT NULL
);

-- The files that are attached to datasets.
CREATE TABLE "DatasetFiles" (
    "DatasetId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "FileId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Type" text COLLATE "C" NOT NULL,
    "CreatedAt" bigint NOT NULL,
    -- How far the import of the file is.
    "State" text COLLATE "C" NOT NULL,
    -- Why the last import failed.
    "Error" text COLLATE "C" NULL,
    -- The number of records of the last complete import, and its time.
    "Records" bigint NOT NULL,
    "ImportedAt" bigint NULL,
    CONSTRAINT "PK_DatasetFiles" PRIMARY KEY ("DatasetId", "FileId")
);
CREATE INDEX "IX_DatasetFiles_FileId" ON "DatasetFiles" ("FileId");
