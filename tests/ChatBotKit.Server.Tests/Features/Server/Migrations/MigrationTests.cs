using System.Net;
using System.Net.Sockets;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>The operations that move the running server to PostgreSQL: what they refuse, and how a migration is cancelled.</summary>
public sealed class MigrationTests : IAsyncLifetime
{
    private ServerFactory _server = null!;
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerFactory.StartAsync();
        _owner = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("postgres://db.example/chatbotkit", "\"to\" is an address; *")]
    [InlineData("Database=x", "\"to\" has no Host*")]
    [InlineData("secret-of-nobody", "\"to\" is not a connection string*")]
    public async Task WrongConnectionString_IsRefusedWithoutItsText(string to, string expected)
    {
        if (TestStore.IsPostgres)
            expected = "This server stores in PostgreSQL already";
        using var answer = await _owner.SendAsync(HttpMethod.Post, "server/migration/create", new { to });

        await answer.AssertRefusedAsync($"{(TestStore.IsPostgres ? "409 CONFLICT" : "400 BAD_REQUEST")}: {expected}");
        Assert.DoesNotContain("nobody", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("none", (await _owner.ReadAsync(HttpMethod.Get, "server/migration/fetch")).Text("state"));
        Assert.Equal("none", (await _owner.ReadAsync(HttpMethod.Post, "server/migration/cancel", "{}")).Text("state"));
    }

    [Fact]
    public async Task ConnectionString_ThatIsTooLong_IsRefused()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        var to = $"Host=127.0.0.1;Database={new string('x', 4_096)}";

        await _owner.AssertRefusedAsync("400 BAD_REQUEST: \"to\" is longer than 4,096 characters", HttpMethod.Post, "server/migration/create", new { to });
    }

    /// <summary>The database accepts the connection, and never answers.</summary>
    [Fact]
    public async Task Migration_ThatWaitsForItsDatabase_ExcludesAnotherAndIsCanceled()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var to = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=bots;Username=x;Password=secret;Timeout=600";

        var begun = await _owner.ReadAsync(HttpMethod.Post, "server/migration/create", new { to });
        await _owner.AssertRefusedAsync("409 CONFLICT", HttpMethod.Post, "server/migration/create", new { to });
        var fetched = await _owner.ReadTextAsync("server/migration/fetch");
        var canceled = await _owner.ReadAsync(HttpMethod.Post, "server/migration/cancel", "{}");

        var audit = await _owner.ReadAsync(HttpMethod.Get, "session/audit/list?type=migrate");

        Assert.Single(audit.Items());
        Assert.Equal(("preparing", "bots on 127.0.0.1"), (begun.Text("state"), begun.Text("database")));
        Assert.DoesNotContain("secret", fetched, StringComparison.Ordinal);
        Assert.Equal(("failed", "The migration was cancelled"), (canceled.Text("state"), canceled.Text("error")));
        await _owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}");
    }

    [Fact]
    public async Task DatabaseThatCannotBeReached_IsTheErrorOfTheMigration()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await _owner.ReadAsync(HttpMethod.Post, "server/migration/create", new { to = "Host=127.0.0.1;Port=1;Database=bots;Username=x" });

        var migration = await _owner.ReadAsync(HttpMethod.Get, "server/migration/fetch");
        while (migration.Text("state") == "preparing")
            migration = await _owner.ReadAsync(HttpMethod.Get, "server/migration/fetch");

        Assert.Equal("failed", migration.Text("state"));
        Assert.Contains("can't be used", migration.Text("error"), StringComparison.Ordinal);
    }
}
