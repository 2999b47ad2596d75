-- A resource is a document. Links are an index of what the documents say, written in the transaction that writes the document.
CREATE TABLE "Resources" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "AccountId" TEXT NOT NULL REFERENCES "Accounts" ("Id"),
    -- What the resource is a part of: the skillset of an ability, the space of a site.
    "ParentId" TEXT REFERENCES "Resources" ("Id"),
    -- What else it is found by: an alias, the fingerprint of a contact.
    "Key" TEXT CHECK (length("Key") BETWEEN 1 AND 191),
    "Version" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "Data" TEXT NOT NULL,
    "Secrets" BLOB
) STRICT;
CREATE UNIQUE INDEX "UX_Resources_Key" ON "Resources" ("AccountId", "Kind", "Key") WHERE "Key" IS NOT NULL;
CREATE INDEX "IX_Resources_List" ON "Resources" ("AccountId", "Kind", "CreatedAt", "Id");
-- Addresses that only one resource of the whole deployment can have.
CREATE UNIQUE INDEX "UX_Resources_PortalSlug" ON "Resources" (json_extract("Data", '$.slug')) WHERE "Kind" = 'portal';
CREATE UNIQUE INDEX "UX_Resources_SiteSlug" ON "Resources" (json_extract("Data", '$.slug')) WHERE "Kind" = 'site';
CREATE INDEX "IX_Resources_Parent" ON "Resources" ("ParentId", "Kind", "CreatedAt", "Id") WHERE "ParentId" IS NOT NULL;

CREATE TABLE "ResourceLinks" (
    "FromId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Field" TEXT NOT NULL,
    -- Not deleted with its target: the document still names it, so the document is changed first.
    "ToId" TEXT NOT NULL REFERENCES "Resources" ("Id"),
    PRIMARY KEY ("FromId", "Field", "ToId")
) STRICT;
CREATE INDEX "IX_ResourceLinks_To" ON "ResourceLinks" ("ToId", "Field", "FromId");

-- The process that works on the run; a run whose process is gone was cut.
ALTER TABLE "Runs" ADD "Owner" TEXT NULL;

-- What callers think of a resource: one vote of each.
CREATE TABLE "ResourceRatings" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ResourceId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Value" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL
) STRICT;
CREATE INDEX "IX_ResourceRatings_ResourceId" ON "ResourceRatings" ("ResourceId");

-- The name by which related accounts address this one's resources: @account@resource.
ALTER TABLE "Accounts" ADD "Alias" TEXT NULL;
CREATE UNIQUE INDEX "UX_Accounts_Alias" ON "Accounts" ("ParentId", "Alias") WHERE "Alias" IS NOT NULL;
