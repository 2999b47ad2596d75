-- The schema that the scripts 0001 to 0010 create on SQLite. One script suffices, because no earlier release supported PostgreSQL.
-- Every text column has the collation "C", which sorts like SQLite and does not depend on the operating system.
CREATE TABLE "Accounts" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Accounts" PRIMARY KEY,
    "ParentId" text COLLATE "C" NULL,
    "Email" text COLLATE "C" NULL,
    "Name" text COLLATE "C" NOT NULL,
    "CreatedAt" bigint NOT NULL,
    -- The name by which related accounts address this one's resources: @account@resource.
    "Alias" text COLLATE "C" NULL,
    "Description" text COLLATE "C" NULL,
    "Image" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    "UpdatedAt" bigint NULL,
    -- The time at which the account was closed. A closed account can't be used, and its rows are deleted in small batches.
    "DeletedAt" bigint NULL
);
CREATE INDEX "IX_Accounts_ParentId" ON "Accounts" ("ParentId");
CREATE UNIQUE INDEX "UX_Accounts_Alias" ON "Accounts" ("ParentId", "Alias") WHERE "Alias" IS NOT NULL;
CREATE INDEX "IX_Accounts_DeletedAt" ON "Accounts" ("DeletedAt") WHERE "DeletedAt" IS NOT NULL;
CREATE UNIQUE INDEX "UX_Accounts_Email" ON "Accounts" ("ParentId", "Email") WHERE "Email" IS NOT NULL;

CREATE TABLE "ApiTokens" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_ApiTokens" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "Hash" bytea NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "RevokedAt" bigint NULL,
    "ExpiresAt" bigint NULL,
    "KeyId" text COLLATE "C" NULL,
    "LastUsedAt" bigint NULL,
    "Description" text COLLATE "C" NULL,
    "Config" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    "UpdatedAt" bigint NULL,
    -- Whether the token was created for a session of a user. Such tokens are short-lived and not listed.
    "IsSession" boolean NOT NULL DEFAULT FALSE
);
CREATE INDEX "IX_ApiTokens_AccountId" ON "ApiTokens" ("AccountId");
CREATE UNIQUE INDEX "IX_ApiTokens_Hash" ON "ApiTokens" ("Hash");

CREATE TABLE "Conversations" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Conversations" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "Description" text COLLATE "C" NOT NULL,
    "ContactId" text COLLATE "C" NULL,
    "TaskId" text COLLATE "C" NULL,
    "SpaceId" text COLLATE "C" NULL,
    "BotId" text COLLATE "C" NULL,
    "Model" text COLLATE "C" NULL,
    "Backstory" text COLLATE "C" NULL,
    "DatasetId" text COLLATE "C" NULL,
    "SkillsetId" text COLLATE "C" NULL,
    "Privacy" boolean NULL,
    "Moderation" boolean NULL,
    "Meta" text COLLATE "C" NULL,
    "ExpiresAt" bigint NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL
);
CREATE INDEX "IX_Conversations_AccountId_CreatedAt_Id" ON "Conversations" ("AccountId", "CreatedAt", "Id");
CREATE INDEX "IX_Conversations_ExpiresAt" ON "Conversations" ("ExpiresAt");
CREATE INDEX "IX_Conversations_ContactId" ON "Conversations" ("ContactId", "CreatedAt", "Id") WHERE "ContactId" IS NOT NULL;
-- The indexes of references are used by lists, and when a referenced resource is deleted. Only bots are shared between accounts.
CREATE INDEX "IX_Conversations_BotId" ON "Conversations" ("BotId", "AccountId", "CreatedAt", "Id") WHERE "BotId" IS NOT NULL;
CREATE INDEX "IX_Conversations_TaskId" ON "Conversations" ("TaskId", "CreatedAt", "Id") WHERE "TaskId" IS NOT NULL;
CREATE INDEX "IX_Conversations_DatasetId" ON "Conversations" ("DatasetId") WHERE "DatasetId" IS NOT NULL;
CREATE INDEX "IX_Conversations_SkillsetId" ON "Conversations" ("SkillsetId") WHERE "SkillsetId" IS NOT NULL;
CREATE INDEX "IX_Conversations_SpaceId" ON "Conversations" ("SpaceId") WHERE "SpaceId" IS NOT NULL;

CREATE TABLE "IdempotencyKeys" (
    "Scope" text COLLATE "C" NOT NULL,
    "Key" text COLLATE "C" NOT NULL,
    "RequestHash" bytea NOT NULL,
    "Response" bytea NULL,
    "ResultId" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_IdempotencyKeys" PRIMARY KEY ("Scope", "Key")
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX "IX_IdempotencyKeys_CreatedAt" ON "IdempotencyKeys" ("CreatedAt");

CREATE TABLE "LogBatches" (
    "LogId" text COLLATE "C" NOT NULL,
    "First" bigint NOT NULL,
    "Last" bigint NOT NULL,
    "Lines" bytea NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_LogBatches" PRIMARY KEY ("LogId", "First")
) WITH (autovacuum_vacuum_scale_factor = 0.02);
-- A batch is small and is read once or twice, so compression would cost more time than it saves space.
ALTER TABLE "LogBatches" ALTER COLUMN "Lines" SET STORAGE EXTERNAL;
-- Finds old batches by their time. Batches are stored in the order of their times, so a BRIN index suffices, which costs little per insert.
CREATE INDEX "IX_LogBatches_CreatedAt" ON "LogBatches" USING brin ("CreatedAt") WITH (pages_per_range = 32, autosummarize = on);

CREATE TABLE "SigningKeys" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_SigningKeys" PRIMARY KEY,
    "PublicJwk" text COLLATE "C" NOT NULL,
    "ProtectedPrivateKey" bytea NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "RetiredAt" bigint NULL,
    "RevokedAt" bigint NULL,
    "ActiveFrom" bigint NOT NULL DEFAULT 0
);

CREATE TABLE "UsageRecords" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_UsageRecords" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NULL,
    "SessionId" text COLLATE "C" NULL,
    "Model" text COLLATE "C" NOT NULL,
    "InputTokens" bigint NOT NULL,
    "OutputTokens" bigint NOT NULL,
    "Messages" bigint NOT NULL,
    "CreatedAt" bigint NOT NULL
);
CREATE INDEX "IX_UsageRecords_ConversationId_CreatedAt" ON "UsageRecords" ("ConversationId", "CreatedAt");

CREATE TABLE "Attachments" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Attachments" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "OriginalName" text COLLATE "C" NULL,
    "ContentType" text COLLATE "C" NOT NULL,
    "Size" bigint NOT NULL,
    "Stored" boolean NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    "SessionId" text COLLATE "C" NULL,
    CONSTRAINT "FK_Attachments_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_Attachments_ConversationId" ON "Attachments" ("ConversationId");

CREATE TABLE "Messages" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Messages" PRIMARY KEY,
    "ConversationId" text COLLATE "C" NOT NULL,
    "Position" bigint NOT NULL,
    "Type" text COLLATE "C" NOT NULL,
    "Text" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NOT NULL,
    "Description" text COLLATE "C" NOT NULL,
    "Meta" text COLLATE "C" NULL,
    "Entities" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    "AnswerFrom" text COLLATE "C" NULL,
    CONSTRAINT "FK_Messages_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);
CREATE UNIQUE INDEX "IX_Messages_ConversationId_Position" ON "Messages" ("ConversationId", "Position");

CREATE TABLE "Ratings" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Ratings" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NOT NULL,
    "MessageId" text COLLATE "C" NULL,
    "ContactId" text COLLATE "C" NULL,
    "Value" bigint NOT NULL,
    "Reason" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "FK_Ratings_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_Ratings_ConversationId" ON "Ratings" ("ConversationId");
CREATE INDEX "IX_Ratings_ContactId" ON "Ratings" ("ContactId", "CreatedAt", "Id") WHERE "ContactId" IS NOT NULL;

CREATE TABLE "Runs" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Runs" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NULL,
    "LogId" text COLLATE "C" NOT NULL,
    "Kind" text COLLATE "C" NOT NULL,
    "StartedAt" bigint NOT NULL,
    "EndedAt" bigint NULL,
    "EndReason" text COLLATE "C" NULL,
    "SessionId" text COLLATE "C" NULL,
    "QuestionEntities" text COLLATE "C" NULL,
    "QuestionId" text COLLATE "C" NULL,
    "QuestionText" text COLLATE "C" NULL,
    -- The process that executes the run. A run whose process has ended was interrupted.
    "Owner" text COLLATE "C" NULL,
    CONSTRAINT "FK_Runs_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX "IX_Runs_ConversationId" ON "Runs" ("ConversationId");
CREATE INDEX "IX_Runs_EndedAt" ON "Runs" ("EndedAt") WHERE "EndedAt" IS NOT NULL;
CREATE INDEX "IX_Runs_StartedAt" ON "Runs" ("StartedAt") WHERE "EndedAt" IS NULL;

CREATE TABLE "Sessions" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NOT NULL,
    "ContactId" text COLLATE "C" NULL,
    "Permissions" text COLLATE "C" NULL,
    "Origins" text COLLATE "C" NULL,
    "Refreshable" boolean NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "ExpiresAt" bigint NOT NULL,
    "AbsoluteExpiresAt" bigint NULL,
    "RevokedAt" bigint NULL,
    "DurationInSeconds" bigint NOT NULL DEFAULT 3600,
    "FirstUsedAt" bigint NULL,
    "Generation" bigint NOT NULL DEFAULT 1,
    "Limits" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    "PreviousUntil" bigint NULL,
    "RefreshedAt" bigint NULL,
    "UsedAttachmentBytes" bigint NOT NULL DEFAULT 0,
    "UsedMessages" bigint NOT NULL DEFAULT 0,
    "UsedTokens" bigint NOT NULL DEFAULT 0,
    CONSTRAINT "FK_Sessions_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_Sessions_AccountId" ON "Sessions" ("AccountId");
CREATE INDEX "IX_Sessions_ConversationId" ON "Sessions" ("ConversationId");
CREATE INDEX "IX_Sessions_ContactId" ON "Sessions" ("ContactId");

CREATE TABLE "AuditRecords" (
    "AccountId" text COLLATE "C" NOT NULL,
    "Number" bigint NOT NULL,
    "Id" text COLLATE "C" NULL,
    "Type" text COLLATE "C" NOT NULL,
    "Code" text COLLATE "C" NULL,
    "ActorKind" text COLLATE "C" NOT NULL,
    "ActorId" text COLLATE "C" NULL,
    "SessionId" text COLLATE "C" NULL,
    "ConversationId" text COLLATE "C" NULL,
    "ContactId" text COLLATE "C" NULL,
    "Address" text COLLATE "C" NULL,
    "Origin" text COLLATE "C" NULL,
    "Count" bigint NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "PreviousHash" bytea NOT NULL,
    "Hash" bytea NOT NULL,
    CONSTRAINT "PK_AuditRecords" PRIMARY KEY ("AccountId", "Number")
);
CREATE UNIQUE INDEX "IX_AuditRecords_Id" ON "AuditRecords" ("Id");
CREATE INDEX "IX_AuditRecords_SessionId" ON "AuditRecords" ("SessionId");

-- A resource is a document. The links are an index of the references in the documents, and are written in the same transaction.
CREATE TABLE "Resources" (
    "Id" text COLLATE "C" NOT NULL PRIMARY KEY,
    "Kind" text COLLATE "C" NOT NULL,
    "AccountId" text COLLATE "C" NOT NULL REFERENCES "Accounts" ("Id"),
    -- The resource that this one is part of, such as the skillset of an ability or the space of a site.
    "ParentId" text COLLATE "C" REFERENCES "Resources" ("Id"),
    -- A second unique key, such as an alias or the fingerprint of a contact.
    "Key" text COLLATE "C" CHECK (length("Key") BETWEEN 1 AND 191),
    "Version" bigint NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    "Data" text COLLATE "C" NOT NULL,
    "Secrets" bytea
);
CREATE UNIQUE INDEX "UX_Resources_Key" ON "Resources" ("AccountId", "Kind", "Key") WHERE "Key" IS NOT NULL;
CREATE INDEX "IX_Resources_List" ON "Resources" ("AccountId", "Kind", "CreatedAt", "Id");
-- A slug is unique within the deployment. PostgreSQL can't decode U+0000 in JSON, so it is removed from the document first.
CREATE UNIQUE INDEX "UX_Resources_PortalSlug" ON "Resources" ((CAST(replace("Data", '\u0000', '') AS json) ->> 'slug') COLLATE "C") WHERE "Kind" = 'portal';
CREATE UNIQUE INDEX "UX_Resources_SiteSlug" ON "Resources" ((CAST(replace("Data", '\u0000', '') AS json) ->> 'slug') COLLATE "C") WHERE "Kind" = 'site';
CREATE INDEX "IX_Resources_Parent" ON "Resources" ("ParentId", "Kind", "CreatedAt", "Id") WHERE "ParentId" IS NOT NULL;

CREATE TABLE "ResourceLinks" (
    "FromId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Field" text COLLATE "C" NOT NULL,
    -- No cascade: the document still refers to the target, so it must be changed before the target is deleted.
    "ToId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id"),
    PRIMARY KEY ("FromId", "Field", "ToId")
);
CREATE INDEX "IX_ResourceLinks_To" ON "ResourceLinks" ("ToId", "Field", "FromId");

-- Ratings of resources, at most one per caller.
CREATE TABLE "ResourceRatings" (
    "Id" text COLLATE "C" NOT NULL PRIMARY KEY,
    "AccountId" text COLLATE "C" NOT NULL,
    "ResourceId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "Value" bigint NOT NULL,
    "Reason" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL
);
CREATE INDEX "IX_ResourceRatings_ResourceId" ON "ResourceRatings" ("ResourceId");

-- The following tables do not exist on SQLite, where one process locks the file and writes one transaction at a time.

-- Leases of servers. A lease expires by the clock of the database, unless its holder renews it.
CREATE TABLE "Leases" (
    "Name" text COLLATE "C" NOT NULL CONSTRAINT "PK_Leases" PRIMARY KEY,
    "Holder" text COLLATE "C" NOT NULL,
    "Node" text COLLATE "C" NOT NULL,
    "Until" bigint NOT NULL
) WITH (fillfactor = 50);

-- The number of the last committed group of each lane. After a lost connection it shows whether the group was committed.
CREATE TABLE "Lanes" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_Lanes" PRIMARY KEY,
    "Holder" text COLLATE "C" NOT NULL,
    "Sequence" bigint NOT NULL
) WITH (fillfactor = 50);

-- The keys that encrypt secrets and hash API tokens. With SQLite, they are files in the directory 'keys'.
CREATE TABLE "StoredKeys" (
    "Name" text COLLATE "C" NOT NULL CONSTRAINT "PK_StoredKeys" PRIMARY KEY,
    "Value" text COLLATE "C" NOT NULL,
    "CreatedAt" bigint NOT NULL
);
