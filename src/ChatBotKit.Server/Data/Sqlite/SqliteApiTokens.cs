namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>What is written to API tokens without loading EF Core.</summary>
internal static class SqliteApiTokens
{
    public static int NoteUses(SqliteWriterSession session, IReadOnlyList<ApiTokenUse> uses)
    {
        var changed = 0;
        foreach (var use in uses)
        {
            changed += session.Execute("""
                UPDATE "ApiTokens" SET "LastUsedAt" = $At WHERE "Id" = $Id AND coalesce("LastUsedAt", 0) < $At
                """, ("$Id", use.TokenId), ("$At", use.At));
        }

        return changed;
    }
}
