using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Hosting;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>A whole server on a PostgreSQL database.</summary>
public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly List<string> _directories = [];
    private string _database = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

    /// <summary>Every key is in the database: tokens, sessions and links of one server are good on the next, wherever that runs.</summary>
    [Fact]
    public async Task Restart_OnAnotherDataDirectory_KnowsEveryTokenAndText()
    {
        string session, conversation;
        await using (var app = await StartAsync(_database))
        {
            using var owner = Client(app, ServerFactory.OwnerSecret);
            conversation = await IdAsync(await owner.PostAsJsonAsync("/v1/conversation/create", new { name = "Grüße", meta = new { a = 1 } }, Token));
            await OkAsync(await owner.PostAsJsonAsync($"/v1/conversation/{conversation}/message/create", new { type = "user", text = "hello" }, Token));
            var minted = await OkAsync(await owner.PostAsJsonAsync($"/v1/conversation/{conversation}/session/create", new { durationInSeconds = 3600 }, Token));
            session = minted.GetProperty("token").GetString()!;
        }

        await using (var app = await StartAsync(_database))
        {
            using var owner = Client(app, ServerFactory.OwnerSecret);
            using var visitor = Client(app, session);
            var listed = await owner.GetFromJsonAsync<JsonElement>("/v1/conversation/list?meta%5Ba%5D=1", Token);
            var messages = await visitor.GetFromJsonAsync<JsonElement>($"/v1/conversation/{conversation}/message/list", Token);

            Assert.Equal("Grüße", listed.GetProperty("items")[0].GetProperty("name").GetString());
            Assert.Equal("hello", messages.GetProperty("items")[0].GetProperty("text").GetString());
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

        using var client = Client(app, output.ToString().Trim());
        await OkAsync(await client.GetAsync("/v1/conversation/list", Token));
    }

    [Fact]
    public async Task DatabaseThatStops_Gives503WithRetryAfter_UntilItStartsAgain()
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            await using var app = await StartAsync(server.ConnectionString("postgres"));
            using var owner = Client(app, ServerFactory.OwnerSecret);
            var conversation = await IdAsync(await owner.PostAsJsonAsync("/v1/conversation/create", new { }, Token));

            await server.StopAsync();
            using var read = await owner.GetAsync($"/v1/conversation/{conversation}/message/list", Token);
            using var write = await owner.PostAsJsonAsync("/v1/conversation/create", new { }, Token);
            using var ready = await owner.GetAsync("/health/ready", Token);
            await server.StartAgainAsync();
            using var readAgain = await owner.GetAsync($"/v1/conversation/{conversation}/message/list", Token);
            using var writtenAgain = await owner.PostAsJsonAsync("/v1/conversation/create", new { }, Token);

            Assert.All(new[] { read, write, ready }, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
            Assert.All(new[] { read, write }, answer => Assert.NotNull(answer.Headers.RetryAfter));
            Assert.All(new[] { readAgain, writtenAgain }, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
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

    private static HttpClient Client(WebApplication app, string credential)
    {
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", credential);
        return client;
    }

    private static async Task<string> IdAsync(HttpResponseMessage answer) => (await OkAsync(answer)).GetProperty("id").GetString()!;

    private static async Task<JsonElement> OkAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var body = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.IsSuccessStatusCode, body);
            return JsonDocument.Parse(body).RootElement;
        }
    }
}
