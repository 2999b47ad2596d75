using ChatBotKit.Server.Data.Schema;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Server.Data.Sqlite;

/// <summary>
/// Reads and writes the list of applied scripts. Releases before the first numbered script had a table of Entity Framework Core,
/// whose entries are the first scripts under other names. It is converted once.
/// </summary>
internal static class SqliteAppliedScripts
{
    /// <summary>The names of scripts 1 to 6 in those releases.</summary>
    public static readonly string[] EarlierNames =
    [
        "20261122174722_Initial",
        "20261124102221_AddSessionProperties",
        "20261124120124_AddAttachmentSession",
        "20261126075739_AddRunQuestion",
        "20261128151500_AddCallAnswerer",
        "20261128153300_AddApiTokenLife",
    ];

    public static AppliedScripts Read(SqliteConnection connection)
    {
        if (connection.HasTable("Schema"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = """SELECT "Number", "Name", "Sha256", "ReadableFrom" FROM "Schema" ORDER BY "Number" """;
            using var rows = command.ExecuteReader();
            var scripts = new List<SchemaScript>();
            while (rows.Read())
                scripts.Add(new SchemaScript(rows.GetInt32(0), rows.GetString(1), "", rows.GetString(2), rows.GetInt32(3)));
            return new AppliedScripts(scripts);
        }

        return connection.HasTable("__EFMigrationsHistory") ? ReadEarlier(connection) : new AppliedScripts([]);
    }

    /// <summary>Records the scripts, and creates their table if it is missing. Runs in the caller's transaction.</summary>
    public static void Add(SqliteConnection connection, IEnumerable<SchemaScript> scripts, long appliedAt)
    {
        var earlier = connection.HasTable("Schema") ? [] : Read(connection).Scripts;
        connection.Run("""
            CREATE TABLE IF NOT EXISTS "Schema" (
                "Number" INTEGER NOT NULL PRIMARY KEY, "Name" TEXT NOT NULL, "Sha256" TEXT NOT NULL,
                "AppliedAt" INTEGER NOT NULL, "ReadableFrom" INTEGER NOT NULL
            ) STRICT;
            DROP TABLE IF EXISTS "__EFMigrationsHistory";
            DROP TABLE IF EXISTS "__EFMigrationsLock";
            """);
        foreach (var script in earlier.Concat(scripts))
        {
            connection.Run(
                """INSERT INTO "Schema" ("Number", "Name", "Sha256", "AppliedAt", "ReadableFrom") VALUES ($1, $2, $3, $4, $5)""",
                script.Number, script.Name, script.Sha256, appliedAt, script.ReadableFrom);
        }
    }

    private static AppliedScripts ReadEarlier(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY "MigrationId" """;
        using var rows = command.ExecuteReader();
        var scripts = new List<SchemaScript>();
        while (rows.Read())
        {
            var name = rows.GetString(0);
            var index = Array.IndexOf(EarlierNames, name);
            scripts.Add(index >= 0 ? SchemaScript.Sqlite[index] : new SchemaScript(int.MaxValue, name, "", "", int.MaxValue));
        }

        return new AppliedScripts(scripts);
    }
}
