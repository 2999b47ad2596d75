-- The contents of files. The bytes of a content are a blob. "BlobId" is NULL from the announcement of an upload until its bytes are stored.
CREATE TABLE "Contents" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Contents" PRIMARY KEY,
    "ResourceId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    -- The place within the resource; empty for the content of a file.
    "Path" text COLLATE "C" NOT NULL,
    "AccountId" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NULL,
    "ContentType" text COLLATE "C" NOT NULL,
    -- The number of bytes; until they are stored, the announced one.
    "Size" bigint NOT NULL,
    "BlobId" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL
);
CREATE INDEX "IX_Contents_ResourceId" ON "Contents" ("ResourceId");
-- A place has one content. Announced uploads may wait beside it.
CREATE UNIQUE INDEX "UX_Contents_Path" ON "Contents" ("ResourceId", "Path") WHERE "BlobId" IS NOT NULL;
CREATE UNIQUE INDEX "IX_Contents_BlobId" ON "Contents" ("BlobId") WHERE "BlobId" IS NOT NULL;
CREATE INDEX "IX_Contents_Announced" ON "Contents" ("CreatedAt", "Id") WHERE "BlobId" IS NULL;
