CREATE TABLE "Accounts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Accounts" PRIMARY KEY,
    "ParentId" TEXT NULL,
    "Email" TEXT NULL,
    "Name" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL
);

CREATE TABLE "ApiTokens" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ApiTokens" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Hash" BLOB NOT NULL,
    "Name" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "RevokedAt" INTEGER NULL
);

CREATE TABLE "Contacts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Contacts" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Fingerprint" TEXT NOT NULL,
    "Verified" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "Email" TEXT NULL,
    "Phone" TEXT NULL,
    "Nick" TEXT NULL,
    "Meta" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL
);

CREATE TABLE "Conversations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Conversations" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "ContactId" TEXT NULL,
    "TaskId" TEXT NULL,
    "SpaceId" TEXT NULL,
    "BotId" TEXT NULL,
    "Model" TEXT NULL,
    "Backstory" TEXT NULL,
    "DatasetId" TEXT NULL,
    "SkillsetId" TEXT NULL,
    "Privacy" INTEGER NULL,
    "Moderation" INTEGER NULL,
    "Meta" TEXT NULL,
    "ExpiresAt" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL
);

CREATE TABLE "IdempotencyKeys" (
    "Scope" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "RequestHash" BLOB NOT NULL,
    "Response" BLOB NULL,
    "ResultId" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_IdempotencyKeys" PRIMARY KEY ("Scope", "Key")
);

CREATE TABLE "LogBatches" (
    "LogId" TEXT NOT NULL,
    "First" INTEGER NOT NULL,
    "Last" INTEGER NOT NULL,
    "Lines" BLOB NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "PK_LogBatches" PRIMARY KEY ("LogId", "First")
);

CREATE TABLE "SigningKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SigningKeys" PRIMARY KEY,
    "PublicJwk" TEXT NOT NULL,
    "ProtectedPrivateKey" BLOB NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "RetiredAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL
);

CREATE TABLE "UsageRecords" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_UsageRecords" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ConversationId" TEXT NULL,
    "SessionId" TEXT NULL,
    "Model" TEXT NOT NULL,
    "InputTokens" INTEGER NOT NULL,
    "OutputTokens" INTEGER NOT NULL,
    "Messages" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL
);

CREATE TABLE "Attachments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Attachments" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "OriginalName" TEXT NULL,
    "ContentType" TEXT NOT NULL,
    "Size" INTEGER NOT NULL,
    "Stored" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_Attachments_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Messages" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Messages" PRIMARY KEY,
    "ConversationId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Type" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "Meta" TEXT NULL,
    "Entities" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_Messages_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Ratings" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Ratings" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "MessageId" TEXT NULL,
    "ContactId" TEXT NULL,
    "Value" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_Ratings_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Runs" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Runs" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ConversationId" TEXT NULL,
    "LogId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL,
    "EndReason" TEXT NULL,
    CONSTRAINT "FK_Runs_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Sessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "ConversationId" TEXT NOT NULL,
    "ContactId" TEXT NULL,
    "Permissions" TEXT NULL,
    "Origins" TEXT NULL,
    "Refreshable" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "AbsoluteExpiresAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL,
    CONSTRAINT "FK_Sessions_Conversations_ConversationId" FOREIGN KEY ("ConversationId") REFERENCES "Conversations" ("Id") ON DELETE CASCADE
);
CREATE INDEX "IX_Accounts_ParentId" ON "Accounts" ("ParentId");
CREATE INDEX "IX_ApiTokens_AccountId" ON "ApiTokens" ("AccountId");
CREATE UNIQUE INDEX "IX_ApiTokens_Hash" ON "ApiTokens" ("Hash");
CREATE INDEX "IX_Attachments_ConversationId" ON "Attachments" ("ConversationId");
CREATE INDEX "IX_Contacts_AccountId_CreatedAt_Id" ON "Contacts" ("AccountId", "CreatedAt", "Id");
CREATE UNIQUE INDEX "IX_Contacts_AccountId_Fingerprint" ON "Contacts" ("AccountId", "Fingerprint");
CREATE INDEX "IX_Conversations_AccountId_CreatedAt_Id" ON "Conversations" ("AccountId", "CreatedAt", "Id");
CREATE INDEX "IX_Conversations_ExpiresAt" ON "Conversations" ("ExpiresAt");
CREATE INDEX "IX_IdempotencyKeys_CreatedAt" ON "IdempotencyKeys" ("CreatedAt");
CREATE INDEX "IX_LogBatches_CreatedAt" ON "LogBatches" ("CreatedAt");
CREATE UNIQUE INDEX "IX_Messages_ConversationId_Position" ON "Messages" ("ConversationId", "Position");
CREATE INDEX "IX_Ratings_ConversationId" ON "Ratings" ("ConversationId");
CREATE INDEX "IX_Runs_ConversationId" ON "Runs" ("ConversationId");
CREATE INDEX "IX_Runs_EndedAt" ON "Runs" ("EndedAt") WHERE "EndedAt" IS NOT NULL;
CREATE INDEX "IX_Runs_StartedAt" ON "Runs" ("StartedAt") WHERE "EndedAt" IS NULL;
CREATE INDEX "IX_Sessions_AccountId" ON "Sessions" ("AccountId");
CREATE INDEX "IX_Sessions_ConversationId" ON "Sessions" ("ConversationId");
CREATE INDEX "IX_UsageRecords_ConversationId_CreatedAt" ON "UsageRecords" ("ConversationId", "CreatedAt");
