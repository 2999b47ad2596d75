using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Hosting;

namespace ChatBotKit.Server.Tests.Data;

/// <summary><c>--migrate-to</c>: what is refused, and that a refused move changes nothing.</summary>
public sealed class MoveRefusalTests : MovingTests
{
    [Fact]
    public async Task DatabaseOfAnotherProgram_IsRefused()
    {
        await MakeSourceAsync();
        await RunAsync("CREATE TABLE theirs (id int)");

        await AssertRefusedAsync("belongs to another program");

        Assert.Equal(1L, await RunAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await AssertStillInUseAsync();
    }

    [Fact]
    public async Task DatabaseOfAServer_IsRefused()
    {
        await MakeSourceAsync();
        await (await OpenAsync(NewDirectory())).DisposeAsync();

        await AssertRefusedAsync("is not empty: it belongs to a server already");
        await AssertStillInUseAsync();
    }

    [Fact]
    public async Task DatabaseOfAnOlderServer_IsRefused()
    {
        await MakeSourceAsync();
        await (await OpenAsync(NewDirectory())).DisposeAsync();
        await RunAsync("""DELETE FROM "Schema" WHERE "Number" > 10""");

        await AssertRefusedAsync("is not empty: it belongs to a server already");
    }

    [Fact]
    public async Task MoveOfAnotherDirectory_IsNotOverwritten()
    {
        await MakeSourceAsync();
        await MoveWholeAsync();
        await RunAsync("""UPDATE "Schema" SET "Number" = 2147483647, "Name" = replace("Name", 'Moved', 'Moving') WHERE "Number" = 0""");
        File.Delete(Path.Combine(Folder, "node"));
        Execute("""DELETE FROM "Schema" WHERE "Number" = 2147483647""");

        await AssertRefusedAsync("is not empty");
    }

    [Theory]
    [InlineData("postgres://db.example/chatbotkit", "--migrate-to is an address")]
    [InlineData("Database=x", "--migrate-to has no Host")]
    [InlineData("Host=127.0.0.1;Port=1;Database=x;Username=x", "can't be used")]
    public async Task WrongConnectionString_IsNamed(string text, string expected)
    {
        await MakeSourceAsync();

        var (code, output) = await MoveToAsync(text);

        Assert.Equal(1, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherEncoding_IsRefused()
    {
        await MakeSourceAsync();
        await RunAsync("CREATE DATABASE cbklatin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'");
        try
        {
            var (code, output) = await MoveToAsync(Database + ";Database=cbklatin");

            Assert.Equal(1, code);
            Assert.Contains("needs UTF8", output, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync("DROP DATABASE cbklatin");
        }
    }

    [Fact]
    public async Task RunningServer_IsRefused()
    {
        await using var app = await StartAsync();

        await AssertRefusedAsync("Another server is running");
    }

    [Fact]
    public async Task DirectoryWithoutADatabase_IsRefused()
    {
        await AssertRefusedAsync("There is no database");

        Assert.False(File.Exists(Path.Combine(Folder, "chatbotkit.db")));
    }

    [Fact]
    public async Task ChangedAuditRecord_IsFound()
    {
        await MakeSourceAsync();
        await using (var app = await StartAsync())
        {
            using var owner = ServerFactory.ClientOf(app);
            var conversation = ApiJson.Id(await owner.ReadAsync(HttpMethod.Post, "conversation/create", "{}"));
            await owner.ReadAsync(HttpMethod.Post, $"conversation/{conversation}/session/create", "{}");
        }

        Execute("""UPDATE "AuditRecords" SET "ActorId" = 'somebody' WHERE "Number" = 1""");

        await AssertRefusedAsync("is broken at the record 1");
        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        await MoveWholeAsync("--accept-broken-audit");
    }

    [Fact]
    public async Task RowWithoutItsParent_IsRefused()
    {
        await MakeSourceAsync();
        Execute("""PRAGMA foreign_keys = OFF; INSERT INTO "ResourceLinks" VALUES ('a', 'b', 'c')""");

        await AssertRefusedAsync("does not exist");
    }

    [Fact]
    public async Task ValueOfAnotherType_IsNamed()
    {
        await MakeSourceAsync();
        Execute("""UPDATE "Conversations" SET "CreatedAt" = 'yesterday'""");

        await AssertRefusedAsync("Conversations has a value of another type in the column CreatedAt");
        Assert.Equal(0L, await RunAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--undo")]
    public async Task OptionWithoutAMove_IsRefused(string option)
    {
        var errors = new StringWriter();

        Assert.Equal(1, await ServerProgram.RunAsync([option], TextWriter.Null, errors));
        Assert.Contains("belongs to --migrate-to", errors.ToString(), StringComparison.Ordinal);
    }

    private async Task AssertStillInUseAsync()
    {
        try
        {
            await (await StartAsync()).DisposeAsync();
        }
        catch (StartupException exception)
        {
            Assert.Fail(exception.Message);
        }
    }
}
