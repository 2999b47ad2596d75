using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Hosting;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>A complete server on a PostgreSQL database.</summary>
public sealed class PostgresServerTests : IAsyncLifetime
{
    private const string Unavailable = "503 SERVICE_UNAVAILABLE";

    private readonly List<string> _directories = [];
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Binaries is null, PostgresServer.Missing);
        _database = await TestStore.CreateEmptyDatabaseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var directory in _directories)
            Directory.Delete(directory, recursive: true);
        if (_database.Length > 0)
            await TestStore.DeleteDatabaseAsync(_database);
    }

    /// <summary>All keys are in the database, so tokens and sessions of one server are valid on the next one in another directory.</summary>
    [Fact]
    public async Task Restart_OnAnotherDataDirectory_KnowsEveryTokenAndText()
    {
        string session, conversation;
        await using (var app = await StartAsync(_database))
        {
            using var owner = ServerFactory.ClientOf(app);
            conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", """{"name":"Grüße","meta":{"a":1}}"""));
            await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/message/create", """{"type":"user","text":"hello"}""");
            session = (await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", """{"durationInSeconds":3600}"""))
                .Text("token")!;
        }

        await using (var app = await StartAsync(_database))
        {
            using var owner = ServerFactory.ClientOf(app);
            using var visitor = ServerFactory.ClientOf(app, session);
            var listed = await owner.ReadAsync(HttpMethod.Get, "conversation/list?meta%5Ba%5D=1");
            var messages = await visitor.ReadAsync(HttpMethod.Get, $"conversation/{conversation}/message/list");

            Assert.Equal("Grüße", Assert.Single(listed.Items()).Text("name"));
            Assert.Equal("hello", Assert.Single(messages.Items()).Text("text"));
            Assert.False(Directory.Exists(Path.Combine(_directories[^1], "keys")));
        }
    }

    [Fact]
    public async Task SecondServer_OnTheSameDatabase_IsRefused()
    {
        await using var app = await StartAsync(_database);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => StartAsync(_database));

        Assert.Contains("Another server runs on the PostgreSQL database", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewApiToken_MadeBesideTheRunningServer_IsTakenAtOnce()
    {
        await using var app = await StartAsync(_database);
        using var output = new StringWriter();
        using var notes = new StringWriter();

        await new OfflineCommands([$"--CHATBOTKIT_POSTGRES={_database}"], notes).MakeApiTokenAsync("ops", output);

        using var client = ServerFactory.ClientOf(app, output.ToString().Trim());
        await client.ReadAsync(HttpMethod.Get, "conversation/list");
    }

    [Fact]
    public async Task Backup_IsRefusedWithTheToolThatMakesIt()
    {
        await using var app = await StartAsync(_database);
        using var owner = ServerFactory.ClientOf(app);

        await owner.AssertRefusedAsync("501 NOT_IMPLEMENTED: *pg_dump*", HttpMethod.Get, "server/backup");
    }

    [Fact]
    public async Task DatabaseThatStops_Gives503WithRetryAfter_UntilItStartsAgain()
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            await using var app = await StartAsync(server.ConnectionString("postgres"));
            using var owner = ServerFactory.ClientOf(app);
            var messages = $"conversation/{ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"))}/message/list";

            await server.StopAsync();
            using var read = await owner.SendAsync(HttpMethod.Get, messages);
            using var write = await owner.SendAsync(HttpMethod.Post, "conversation/create", "{}");
            using var ready = await owner.SendAsync(HttpMethod.Get, "/health/ready");
            await server.StartAgainAsync();
            await owner.ReadAsync(HttpMethod.Get, messages);
            await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}");

            await read.AssertRefusedAsync(Unavailable);
            await write.AssertRefusedAsync(Unavailable);
            Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.All(new[] { read, write }, answer => Assert.NotNull(answer.Headers.RetryAfter));
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private Task<WebApplication> StartAsync(string database)
    {
        _directories.Add(Directory.CreateTempSubdirectory("chatbotkit-test-").FullName);
        return ServerFactory.StartInAsync(_directories[^1], settings: new Dictionary<string, string?> { ["CHATBOTKIT_POSTGRES"] = database });
    }
}
