-- A contact is a resource, found by its fingerprint. When a contact was verified is not known: it counts as verified since it was made.
INSERT INTO "Resources" ("Id", "Kind", "AccountId", "Key", "Version", "CreatedAt", "UpdatedAt", "Data")
SELECT "Id", 'contact', "AccountId",
    -- SQLite counts no characters behind U+0000, and an empty key is refused.
    CASE WHEN length("Fingerprint") BETWEEN 1 AND 191 THEN "Fingerprint" END,
    1, "CreatedAt", "UpdatedAt",
    json_object(
        'name', "Name", 'description', "Description", 'fingerprint', "Fingerprint", 'email', "Email", 'phone', "Phone", 'nick', "Nick",
        'preferences', NULL, 'verifiedAt', CASE WHEN "Verified" THEN "CreatedAt" END, 'meta', json("Meta"))
FROM "Contacts";
DROP TABLE "Contacts";

CREATE INDEX "IX_Conversations_ContactId" ON "Conversations" ("ContactId", "CreatedAt", "Id") WHERE "ContactId" IS NOT NULL;
CREATE INDEX "IX_Ratings_ContactId" ON "Ratings" ("ContactId", "CreatedAt", "Id") WHERE "ContactId" IS NOT NULL;
