-- The records of an import of a file that is not complete. They become records of the dataset in one transaction, in which those of the
-- earlier import go.
CREATE TABLE "StagedRecords" (
    "DatasetId" TEXT NOT NULL,
    "FileId" TEXT NOT NULL,
    -- Names the attempt that stored the row, so that two attempts never mix.
    "Import" TEXT NOT NULL,
    "Id" TEXT NOT NULL,
    "Meta" TEXT NULL,
    "Text" TEXT NOT NULL,
    PRIMARY KEY ("DatasetId", "FileId", "Import", "Id"),
    FOREIGN KEY ("DatasetId", "FileId") REFERENCES "DatasetFiles" ("DatasetId", "FileId") ON DELETE CASCADE
) STRICT;

-- The texts that were read from documents, so that no document is read twice. A text goes with its attachment or content.
CREATE TABLE "DocumentTexts" (
    "BlobId" TEXT NOT NULL PRIMARY KEY,
    "AttachmentId" TEXT NULL REFERENCES "Attachments" ("Id") ON DELETE CASCADE,
    "ContentId" TEXT NULL REFERENCES "Contents" ("Id") ON DELETE CASCADE,
    -- The number of bytes to which the text was limited when it was read.
    "MaxBytes" INTEGER NOT NULL,
    "IsCut" INTEGER NOT NULL,
    "Text" TEXT NOT NULL
) STRICT;
CREATE INDEX "IX_DocumentTexts_AttachmentId" ON "DocumentTexts" ("AttachmentId") WHERE "AttachmentId" IS NOT NULL;
CREATE INDEX "IX_DocumentTexts_ContentId" ON "DocumentTexts" ("ContentId") WHERE "ContentId" IS NOT NULL;
