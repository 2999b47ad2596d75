using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Kill;
using ChatBotKit.Server.Data.Schema;
using ChatBotKit.Server.Data.Sqlite;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>
/// Data directories as each released schema would have left them. The schema is created by its migrations; the rows are those of a
/// server that was in use.
/// </summary>
public sealed class Releases : IAsyncLifetime
{
    public const string OwnerSecret = "sk-owner-secret-of-the-upgrade";
    public const string Question = "How long do orchids last?";

    public const string AttachmentId = "aupgraded00000000000001";
    public const string AttachmentText = "Water them once a week.";

    private const int BulkMessages = 20_000;

    private readonly string _root = Directory.CreateTempSubdirectory("chatbotkit-upgrade-").FullName;
    private readonly Dictionary<int, string> _made = [];
    private int _copies;

    /// <summary>The schemas before the newest one, by their index in the list of migrations.</summary>
    public static IEnumerable<int> Older => Enumerable.Range(0, SchemaScript.Sqlite.Count - 1);

    public string ConversationId { get; private set; } = "";

    public string SessionToken { get; private set; } = "";

    public string RevokedToken { get; private set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Newest => Path.Combine(_root, "newest");

    public async ValueTask InitializeAsync()
    {
        await using var server = await ServerRun.StartAsync(SettingsOf(Newest), Token);
        using var api = new ApiConnection(server.Address);
        var created = await api.PostAsync(ApiCall.Of("v1/conversation/create", new { backstory = "Orchids last for two months." }, OwnerSecret));
        ConversationId = created.GetProperty("id").GetString()!;
        SessionToken = (await MintAsync(api)).GetProperty("token").GetString()!;
        await api.PostAsync(ApiCall.Of($"v1/conversation/{ConversationId}/complete", new { text = Question }, SessionToken, "key"));
        var revoked = await MintAsync(api);
        RevokedToken = revoked.GetProperty("token").GetString()!;
        await api.PostAsync(ApiCall.Of(
            $"v1/conversation/{ConversationId}/session/{revoked.GetProperty("sessionId").GetString()}/revoke", new { }, OwnerSecret));
        await server.KillAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static string DatabaseIn(string directory) => Path.Combine(directory, "chatbotkit.db");

    public static Dictionary<string, string> SettingsOf(string directory) => new()
    {
        ["CHATBOTKIT_DATA_DIR"] = directory,
        ["CHATBOTKIT_API_SECRET"] = OwnerSecret,
    };

    /// <summary>Returns the complete files in the snapshot folder.</summary>
    public static string[] SnapshotsIn(string directory) =>
        Directory.Exists(Path.Combine(directory, "snapshots")) ? Directory.GetFiles(Path.Combine(directory, "snapshots"), "before-*") : [];

    /// <summary>Creates a data directory with the schema of a release.</summary>
    internal async Task<string> CopyAsync(int release)
    {
        if (!_made.TryGetValue(release, out var made))
            _made[release] = made = await MakeAsync(release);
        var copy = Path.Combine(_root, $"copy-{++_copies}");
        Copy(made, copy);
        return copy;
    }

    private Task<JsonElement> MintAsync(ApiConnection api) =>
        api.PostAsync(ApiCall.Of($"v1/conversation/{ConversationId}/session/create", new { durationInSeconds = 3600 }, OwnerSecret));

    private async Task<string> MakeAsync(int release)
    {
        var directory = Path.Combine(_root, $"release-{release}");
        Copy(Newest, directory);
        Directory.CreateDirectory(Path.Combine(directory, "attachments"));
        await File.WriteAllTextAsync(Path.Combine(directory, "attachments", AttachmentId), AttachmentText, Token);
        foreach (var file in Directory.GetFiles(directory, "chatbotkit.db*"))
            File.Delete(file);
        await using var connection = new SqliteConnection($"Data Source={DatabaseIn(directory)};Pooling=False");
        await connection.OpenAsync(Token);
        DatabaseRows.Scalar(connection, "PRAGMA journal_mode = WAL");
        var scripts = SchemaScript.Sqlite.Take(release + 1).ToList();
        scripts.ForEach(script => connection.Run(script.Sql));
        if (scripts.Count > SqliteAppliedScripts.EarlierNames.Length)
            SqliteAppliedScripts.Add(connection, scripts, appliedAt: 1);
        else
            AddEarlierHistory(connection, scripts.Count);
        CopyRows(connection);
        return directory;
    }

    /// <summary>Adds the table in which releases before the numbered scripts recorded their migrations.</summary>
    private static void AddEarlierHistory(SqliteConnection connection, int count)
    {
        connection.Run("""CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL PRIMARY KEY, "ProductVersion" TEXT NOT NULL)""");
        foreach (var name in SqliteAppliedScripts.EarlierNames.Take(count))
            connection.Run("""INSERT INTO "__EFMigrationsHistory" VALUES ($1, '10.0.15')""", name);
    }

    private void CopyRows(SqliteConnection connection)
    {
        DatabaseRows.Scalar(connection, $"PRAGMA foreign_keys = OFF; ATTACH '{DatabaseIn(Newest)}' AS newest");
        foreach (var table in DatabaseRows.TablesOf(connection))
        {
            var columns = DatabaseRows.ColumnsOf(connection, "main", table).Intersect(DatabaseRows.ColumnsOf(connection, "newest", table)).ToList();
            // The newest schema does not have this table.
            if (columns.Count == 0)
                continue;
            var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
            DatabaseRows.Scalar(connection, $"INSERT INTO main.\"{table}\" ({list}) SELECT {list} FROM newest.\"{table}\"");
        }

        // Before there was a key, the plain hash was stored.
        if (!DatabaseRows.ColumnsOf(connection, "main", "ApiTokens").Contains("KeyId"))
        {
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(OwnerSecret)));
            DatabaseRows.Scalar(connection, $"UPDATE main.\"ApiTokens\" SET \"Hash\" = x'{hash}'");
        }

        // Enough rows that a snapshot takes a while and a kill can interrupt it.
        var names = DatabaseRows.ColumnsOf(connection, "main", "Messages");
        var values = names.Select(name => name switch
        {
            "Id" => "'bulk-' || n",
            "Position" => "1000 + n",
            "Text" => "'Again and again and again and again and again: ' || n",
            _ => $"\"{name}\"",
        });
        DatabaseRows.Scalar(connection, $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {BulkMessages})
            INSERT INTO main."Messages" ("{string.Join("\", \"", names)}")
            SELECT {string.Join(", ", values)} FROM numbers, (SELECT * FROM main."Messages" LIMIT 1)
            """);
        // The recurring work is due at every start, however far the server came before it was killed.
        if (DatabaseRows.TablesOf(connection).Contains("DueWork"))
            DatabaseRows.Scalar(connection, """UPDATE main."DueWork" SET "DueAt" = 1""");
        AddContacts(connection);
        AddAttachment(connection);
        DatabaseRows.Scalar(connection, "DETACH newest");
    }

    /// <summary>Adds contacts in the table before they became documents. The conversation belongs to the first one.</summary>
    private void AddContacts(SqliteConnection connection)
    {
        if (!DatabaseRows.TablesOf(connection).Contains("Contacts"))
            return;
        foreach (var contact in UpgradedContact.All)
        {
            connection.Run(
                """
                INSERT INTO main."Contacts" SELECT $1, "Id", $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
                FROM main."Accounts" ORDER BY "CreatedAt" LIMIT 1
                """,
                contact.Id, contact.Fingerprint, contact.IsVerified, contact.Name, contact.Description, OrNull(contact.Email), OrNull(contact.Phone),
                OrNull(contact.Nick), OrNull(contact.Meta), contact.CreatedAt, contact.UpdatedAt);
        }

        connection.Run("""UPDATE main."Conversations" SET "ContactId" = $1 WHERE "Id" = $2""", UpgradedContact.All[0].Id, ConversationId);
    }

    /// <summary>Adds the row of an attachment whose file was named after it.</summary>
    private void AddAttachment(SqliteConnection connection)
    {
        var columns = DatabaseRows.ColumnsOf(connection, "main", "Attachments");
        var (column, value) = columns.Contains("Stored") ? ("Stored", "1") : ("BlobId", "$1");
        connection.Run(
            $"""
            INSERT INTO main."Attachments" ("Id", "AccountId", "ConversationId", "Name", "ContentType", "Size", "{column}", "CreatedAt", "UpdatedAt")
            SELECT $1, "AccountId", "Id", $1, 'text/plain', $2, {value}, 11, 11 FROM main."Conversations" WHERE "Id" = $3
            """,
            AttachmentId, AttachmentText.Length, ConversationId);
    }

    private static object OrNull(string? text) => text is null ? DBNull.Value : text;

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>The tests that share one set of releases.</summary>
[CollectionDefinition(Name)]
public sealed class ReleasesCollection : ICollectionFixture<Releases>
{
    public const string Name = "Releases";
}
