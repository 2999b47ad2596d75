-- The records of an import of a file that is not complete. They become records of the dataset in one transaction, in which those of the
-- earlier import go.
CREATE TABLE "StagedRecords" (
    "DatasetId" text COLLATE "C" NOT NULL,
    "FileId" text COLLATE "C" NOT NULL,
    -- Names the attempt that stored the row, so that two attempts never mix.
    "Import" text COLLATE "C" NOT NULL,
    "Id" text COLLATE "C" NOT NULL,
    "Meta" text COLLATE "C" NULL,
    "Text" text COLLATE "C" NOT NULL,
    CONSTRAINT "PK_StagedRecords" PRIMARY KEY ("DatasetId", "FileId", "Import", "Id"),
    FOREIGN KEY ("DatasetId", "FileId") REFERENCES "DatasetFiles" ("DatasetId", "FileId") ON DELETE CASCADE
);

-- The texts that were read from documents, so that no document is read twice. A text goes with its attachment or content.
CREATE TABLE "DocumentTexts" (
    "BlobId" text COLLATE "C" NOT NULL CONSTRAINT "PK_DocumentTexts" PRIMARY KEY,
    "AttachmentId" text COLLATE "C" NULL REFERENCES "Attachments" ("Id") ON DELETE CASCADE,
    "ContentId" text COLLATE "C" NULL REFERENCES "Contents" ("Id") ON DELETE CASCADE,
    -- The number of bytes to which the text was limited when it was read.
    "MaxBytes" bigint NOT NULL,
    "IsCut" boolean NOT NULL,
    "Text" text COLLATE "C" NOT NULL
);
CREATE INDEX "IX_DocumentTexts_AttachmentId" ON "DocumentTexts" ("AttachmentId") WHERE "AttachmentId" IS NOT NULL;
CREATE INDEX "IX_DocumentTexts_ContentId" ON "DocumentTexts" ("ContentId") WHERE "ContentId" IS NOT NULL;
