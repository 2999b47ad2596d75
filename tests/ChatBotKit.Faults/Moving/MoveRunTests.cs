using System.Net.Http.Headers;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Kill;
using ChatBotKit.Faults.Upgrade;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.Data.Sqlite;

namespace ChatBotKit.Faults.Moving;

/// <summary>The base of tests that move a data directory with the program of the server.</summary>
public abstract class MoveRunTests : IAsyncLifetime
{
    private const int FileBytes = 600_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-move-").FullName;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The PostgreSQL database, which is empty at first.</summary>
    private protected string Target { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Binaries is null, PostgresServer.Missing);
        Target = await TestStore.CreateEmptyDatabaseAsync();
        await using var server = await ServerRun.StartAsync(Settings(), Token);
        using var api = new ApiConnection(server.Address);
        var created = await api.PostAsync(ApiCall.Of("v1/conversation/create", new { backstory = "Orchids." }, Releases.OwnerSecret));
        var conversation = created.GetProperty("id").GetString();
        foreach (var text in (string[])["How long do orchids last?", "And roses?"])
            await api.PostAsync(ApiCall.Of($"v1/conversation/{conversation}/message/create", new { type = "user", text }, Releases.OwnerSecret));
        await api.PostAsync(ApiCall.Of($"v1/conversation/{conversation}/session/create", new { durationInSeconds = 3600 }, Releases.OwnerSecret));
        await api.PostAsync(ApiCall.Of("v1/bot/create", new { name = "Flora" }, Releases.OwnerSecret));
        for (var file = 0; file < 3; file++)
            await UploadAsync(server.Address, $"conversation/{conversation}/attachment/upload");
        await server.KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        if (Target.Length > 0)
            await TestStore.DeleteDatabaseAsync(Target);
        GC.SuppressFinalize(this);
    }

    private protected ServerRun LaunchMove(params string[] options) =>
        ServerRun.Launch(Settings(), environment: null, ["--migrate-to", Target, .. options]);

    /// <summary>Runs the command to its end, and checks what the databases have then.</summary>
    private protected async Task MoveToTheEndAsync(params string[] options)
    {
        await using var move = LaunchMove(options);
        var (code, errors) = await move.WaitForExitAsync(Token);
        Assert.True(code == 0, errors);
        var isMoved = options.Length == 0;
        Assert.Equal(isMoved, await IsFileRefusedAsync());
        Assert.Equal(isMoved ? "Moved" : "Returned", await StateAsync());
        await AssertWholeAsync();
    }

    /// <summary>Checks that PostgreSQL has each row and each file once.</summary>
    private protected async Task AssertWholeAsync()
    {
        var tables = Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT IN ('Schema', 'ChangedRows')");
        Assert.True(tables.Count >= 16);
        foreach (var table in tables)
            Assert.Equal((table, Query($"SELECT CAST(count(*) AS TEXT) FROM \"{table}\"").Single()), (table, $"{await TestStore.RunAsync(Target, $"SELECT count(*) FROM \"{table}\"")}"));
        Assert.Equal(3L, await TestStore.RunAsync(Target, """
            SELECT count(*) FROM "Blobs" b JOIN "Attachments" a ON a."BlobId" = b."Id" AND a."Size" = b."Length"
            WHERE b."Sha256" = (SELECT sha256(string_agg("Bytes", '' ORDER BY "No")) FROM "BlobChunks" WHERE "BlobId" = b."Id")
            """));
        Assert.Equal(3L, await TestStore.RunAsync(Target, """SELECT count(*) FROM "Blobs" """));
        Assert.Equal((long)Directory.GetFiles(Path.Combine(_directory, "keys")).Length, await TestStore.RunAsync(Target, """SELECT count(*) FROM "StoredKeys" """));
    }

    /// <summary>Returns whether servers refuse the SQLite file.</summary>
    private protected Task<bool> IsFileRefusedAsync() => Task.FromResult(Query("""SELECT "Name" FROM "Schema" WHERE "Number" = 2147483647""").Count > 0);

    /// <summary>Returns the state in the mark of the PostgreSQL database; null when there is none.</summary>
    private protected async Task<string?> StateAsync() => await TestStore.RunAsync(Target, """SELECT to_regclass('"Schema"')::text""") is null
        ? null
        : ((string?)await TestStore.RunAsync(Target, """SELECT "Name" FROM "Schema" WHERE "Number" IN (0, 2147483647)"""))?.Split(' ')[1];

    /// <summary>Takes the write lock of the SQLite file until it is disposed.</summary>
    private protected async Task<SqliteConnection> LockFileAsync()
    {
        var connection = Open();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    private protected Task<HeldCommand> HoldAsync(string command) => HeldCommand.CreateAsync(Target, command);

    private protected static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(5, Token);
    }

    private List<string> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the test's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var rows = command.ExecuteReader();
        var list = new List<string>();
        while (rows.Read())
            list.Add(rows.GetString(0));
        return list;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "chatbotkit.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static async Task UploadAsync(Uri address, string path)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var content = new ByteArrayContent(new byte[FileBytes]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Releases.OwnerSecret);
        await client.ReadAsync(HttpMethod.Post, path, content);
    }

    private protected Dictionary<string, string> Settings() => new()
    {
        ["CHATBOTKIT_DATA_DIR"] = _directory,
        ["CHATBOTKIT_POSTGRES"] = "",
        ["CHATBOTKIT_API_SECRET"] = Releases.OwnerSecret,
    };
}
