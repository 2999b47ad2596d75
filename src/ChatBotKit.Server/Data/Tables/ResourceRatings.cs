namespace ChatBotKit.Server.Data;

/// <summary>The table of votes on resources.</summary>
internal static class ResourceRatings
{
    /// <summary>Stores a vote and replaces an earlier one. Values: id, account, resource, value, reason, time.</summary>
    public const string Put = """
        INSERT INTO "ResourceRatings" ("Id", "AccountId", "ResourceId", "Value", "Reason", "CreatedAt") VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("Id") DO UPDATE SET "Value" = excluded."Value", "Reason" = excluded."Reason", "CreatedAt" = excluded."CreatedAt"
        """;
}
