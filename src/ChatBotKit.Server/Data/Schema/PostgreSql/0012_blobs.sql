-- The bytes of an attachment are a blob. "BlobId" is NULL until they are uploaded.
ALTER TABLE "Attachments" ADD COLUMN "BlobId" text COLLATE "C" NULL;
ALTER TABLE "Attachments" DROP COLUMN "Stored";
CREATE UNIQUE INDEX "IX_Attachments_BlobId" ON "Attachments" ("BlobId") WHERE "BlobId" IS NOT NULL;

-- Blobs are stored in chunks, each in a transaction of its own. On SQLite, blobs are files.
CREATE TABLE "Blobs" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Blobs" PRIMARY KEY,
    -- The number of bytes and their hash. NULL until all chunks are stored; until then the blob can't be read.
    "Length" bigint NULL,
    "Sha256" bytea NULL,
    "CreatedAt" bigint NOT NULL
);

-- Each chunk but the last one has 256 KB; "No" begins with 0.
CREATE TABLE "BlobChunks" (
    "BlobId" text COLLATE "C" NOT NULL,
    "No" bigint NOT NULL,
    "Bytes" bytea NOT NULL,
    CONSTRAINT "PK_BlobChunks" PRIMARY KEY ("BlobId", "No"),
    CONSTRAINT "FK_BlobChunks_Blobs_BlobId" FOREIGN KEY ("BlobId") REFERENCES "Blobs" ("Id") ON DELETE CASCADE
);
-- Most files are compressed already, and a part of a chunk can be read only when the chunk is not compressed.
ALTER TABLE "BlobChunks" ALTER COLUMN "Bytes" SET STORAGE EXTERNAL;
