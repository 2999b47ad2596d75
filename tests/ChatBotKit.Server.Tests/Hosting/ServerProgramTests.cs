using System.Net;
using System.Net.Sockets;
using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Server.Tests.Hosting;

/// <summary>The program: its output and exit code, and the files that it leaves unchanged when it does not start.</summary>
public sealed class ServerProgramTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("chatbotkit-program-").FullName, "data");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    [Theory]
    [InlineData("--urls", "foo")]
    [InlineData("--urls", "ftp://127.0.0.1:80")]
    [InlineData("--urls", "http://127.0.0.1:99999")]
    [InlineData("--urls", "http://127.0.0.1:80x")]
    [InlineData("--urls", "http://127.0.0.1:80/path")]
    [InlineData("--urls", "http://localhost:0")]
    [InlineData("--urls", "http://203.0.113.7:8080")]
    [InlineData("--http_ports", "eighty", "http_ports")]
    [InlineData("--CHATBOTKIT_API_SECRET", "aaaaaaaaaaaaaaaa")]
    [InlineData("--OPENAI_API_KEY", "with a space")]
    [InlineData("--OPENAI_BASE_URL", "nowhere", "OPENAI_BASE_URL", "--OPENAI_API_KEY=some-long-key")]
    [InlineData("--OPENAI_FIRST_BYTE_SECONDS", "-1", "OPENAI_FIRST_BYTE_SECONDS", "--OPENAI_API_KEY=some-long-key")]
    [InlineData("--OPENAI_FIRST_BYTE_SECONDS", "0")]
    [InlineData("--OPENAI_SILENCE_SECONDS", "long", "OPENAI_SILENCE_SECONDS", "--OPENAI_API_KEY=some-long-key")]
    [InlineData("--CHATBOTKIT_DEFAULT_MODEL", "nothere")]
    [InlineData("--CHATBOTKIT_DEFAULT_MODEL", "extractive/temperature=hot")]
    [InlineData("--CHATBOTKIT_MODEL_FALLBACK", "somewhere")]
    [InlineData("--CHATBOTKIT_MODEL_FALLBACK", "openai")]
    [InlineData("--CHATBOTKIT_MAX_BODY_BYTES", "4.5MB")]
    [InlineData("--CHATBOTKIT_MAX_ATTACHMENT_BYTES", "0")]
    [InlineData("--CHATBOTKIT_MAX_STORED_BYTES", "-1")]
    [InlineData("--CHATBOTKIT_SITES_HOST", "sites.example:80")]
    [InlineData("--CHATBOTKIT_SITES_HOST", "shop.example", "CHATBOTKIT_SITES_HOST", "--CHATBOTKIT_PUBLIC_URL=https://chat.shop.example")]
    [InlineData("--CHATBOTKIT_IDLE_MINUTES", "10081")]
    [InlineData("--CHATBOTKIT_IDLE_MINUTES", "1.5")]
    [InlineData("--CHATBOTKIT_SMTP_URL", "mail.example")]
    [InlineData("--CHATBOTKIT_SMTP_URL", "smtp://user:secret@mail.example")]
    [InlineData("--CHATBOTKIT_SMTP_URL", "smtp://mail.example", "CHATBOTKIT_SMTP_FROM")]
    [InlineData("--CHATBOTKIT_IMAGE_URL", "nowhere")]
    [InlineData("--CHATBOTKIT_ALLOW_PRIVATE_URLS", "perhaps")]
    [InlineData("--CHATBOTKIT_SEARCH_URL", "searx.example")]
    [InlineData("--CHATBOTKIT_SEARCH_KEY", "k", "CHATBOTKIT_SEARCH_KEY", "--CHATBOTKIT_SEARCH_URL=http://127.0.0.1:1")]
    [InlineData("--CHATBOTKIT_CONSOLE", "perhaps")]
    [InlineData("--CHATBOTKIT_SESSION_MAX_SECONDS", "5")]
    [InlineData("--CHATBOTKIT_ISSUER", "http//:")]
    [InlineData("--CHATBOTKIT_KEY_ROTATION_DAYS", "monthly")]
    [InlineData("--CHATBOTKIT_ALLOWED_ORIGINS", "shop.example")]
    [InlineData("--CHATBOTKIT_AUDIT_ADDRESS", "all")]
    [InlineData("--CHATBOTKIT_SQLITE_SYNCHRONOUS", "OFF")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT", "collector")]
    [InlineData("--Logging:LogLevel:Default", "Loud", "Logging:LogLevel:Default")]
    [InlineData("--CHATBOTKIT_DATA_DRI", "x", "CHATBOTKIT_DATA_DRI")]
    [InlineData("--port", "8080", "'port'")]
    [InlineData("serve", "", "'serve'")]
    [InlineData("CHATBOTKIT_ISSUER", "", "'CHATBOTKIT_ISSUER'")]
    public async Task WrongSetting_IsOneLineThatNamesItAndTouchesNothing(string name, string value, string? named = null, string? more = null)
    {
        string[] arguments = [$"--CHATBOTKIT_DATA_DIR={_directory}", .. value.Length > 0 ? new[] { $"{name}={value}" } : [name], .. more is null ? Array.Empty<string>() : [more]];
        if (name != "--urls")
            arguments = [.. arguments, "--urls=http://127.0.0.1:0"];

        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(named ?? (name == "--urls" ? name : name.TrimStart('-')), errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task BusyPort_IsNamedBeforeTheDatabaseIsTouched()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, _, errors) = await RunAsync($"--urls=http://127.0.0.1:{port}", $"--CHATBOTKIT_DATA_DIR={_directory}");

        Assert.Equal(1, code);
        Assert.Contains($"Another program listens on port {port} already", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task DataDirectory_ThatIsAFile_IsNamed()
    {
        await File.WriteAllTextAsync(_directory, "no directory", Token);

        var (code, _, errors) = await RunAsync("--urls=http://127.0.0.1:0", $"--CHATBOTKIT_DATA_DIR={_directory}");

        Assert.Equal(1, code);
        Assert.Contains(_directory, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task BrokenSettingsFile_IsOneLine()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_directory)!, "content"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), "{ \"CHATBOTKIT_DATA_DIR\": ", Token);

        var (code, _, errors) = await RunAsync($"--contentRoot={folder.FullName}", "--urls=http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("appsettings.json", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--help", "--urls=foo")]
    public async Task Help_ListsEverySettingOfTheReadme(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((0, ""), (code, errors));
        foreach (var name in new[] { "--new-api-token", "--compact-database", "--check-database", "CHATBOTKIT_DATA_DIR", "CHATBOTKIT_MAX_ATTACHMENT_BYTES", "OTEL_EXPORTER_OTLP_ENDPOINT" })
            Assert.Contains(name, output, StringComparison.Ordinal);
        Assert.True(SettingsTable.Rows.Count > 15);
    }

    [Fact]
    public async Task Version_IsPrintedAlone()
    {
        var (code, output, _) = await RunAsync("--version");

        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", output);
    }

    [Fact]
    public async Task NewApiToken_OnANewDirectory_IsTheOwners()
    {
        var (code, output, errors) = await RunAsync(["--new-api-token", "ops", .. await TestStore.ArgumentsOfAsync(_directory)]);

        Assert.Equal(0, code);
        Assert.Matches("^sk-[0-9a-f]{64}\n$", output);
        Assert.Contains("'ops'", errors, StringComparison.Ordinal);
        await using var app = await ServerFactory.StartInAsync(_directory, settings: new Dictionary<string, string?> { ["CHATBOTKIT_API_SECRET"] = null });
        Assert.Null(ChatBotKitServer.NewApiSecret(app));
        await UseAsync(app, output.Trim());
    }

    [Fact]
    public async Task NewApiToken_WhileTheServerRuns_IsTakenAtOnce()
    {
        await using var app = await ServerFactory.StartInAsync(_directory);

        var (code, output, _) = await RunAsync(["--new-api-token", "ops", .. await TestStore.ArgumentsOfAsync(_directory)]);

        Assert.Equal(0, code);
        await UseAsync(app, output.Trim());
        using var client = ServerFactory.ClientOf(app);
        Assert.Contains("\"name\":\"ops\"", await client.ReadTextAsync("server/token/list"), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"createToken\"", await client.ReadTextAsync("session/audit/list"), StringComparison.Ordinal);
        Assert.Contains("\"valid\":true", await client.ReadTextAsync("session/audit/verify"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--new-api-token")]
    [InlineData("--new-api-token", "--urls=http://127.0.0.1:0")]
    [InlineData("--new-api-token", "")]
    public async Task NewApiToken_WithoutAName_IsRefused(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync([.. arguments, $"--CHATBOTKIT_DATA_DIR={_directory}"]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("--new-api-token", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompactDatabase_OfPostgreSql_SaysWhyNot()
    {
        var (code, _, errors) = await RunAsync("--compact-database", "--CHATBOTKIT_POSTGRES=Host=nowhere;Database=none");

        Assert.Equal(1, code);
        Assert.Contains("which reuses the space of deleted rows itself", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompactDatabase_WhileTheServerRuns_SaysWhyNot()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using var app = await ServerFactory.StartInAsync(_directory);

        var (code, _, errors) = await RunAsync("--compact-database", $"--CHATBOTKIT_DATA_DIR={_directory}");

        Assert.Equal(1, code);
        Assert.Contains("Another server is running", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompactDatabase_GivesTheRoomOfDeletedRowsBack()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        await using (await ServerFactory.StartInAsync(_directory))
        {
        }

        var path = Path.Combine(_directory, "chatbotkit.db");
        FillAndEmpty(path);
        var before = new FileInfo(path).Length;

        var (code, output, _) = await RunAsync("--compact-database", $"--CHATBOTKIT_DATA_DIR={_directory}");

        Assert.Equal(0, code);
        Assert.True(before > 4_000_000 && SqliteSpace.SizeOf(path) < 1_000_000, output);
        Assert.Contains($"{before} bytes before", output, StringComparison.Ordinal);
        await using var app = await ServerFactory.StartInAsync(_directory);
        await UseAsync(app, ServerFactory.OwnerSecret);
    }

    /// <summary>Creates a database like an older version: without incremental vacuum.</summary>
    private static void FillAndEmpty(string path)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA auto_vacuum = NONE; VACUUM;
            CREATE TABLE rest (content); INSERT INTO rest VALUES (zeroblob(5000000)); DROP TABLE rest;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var (output, errors) = (new OutputOfNoServer { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await ServerProgram.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>The token must be good.</summary>
    private static async Task UseAsync(WebApplication app, string secret)
    {
        using var client = ServerFactory.ClientOf(app, secret);
        await client.ReadAsync(HttpMethod.Get, "conversation/list");
    }

    /// <summary>
    /// Collects the output of a program that must not start a server. A server that starts prints a line first; that line ends the
    /// program and fails the test.
    /// </summary>
    private sealed class OutputOfNoServer : StringWriter
    {
        public override Task WriteLineAsync(string? value)
        {
            Assert.False(value?.Contains(" listens on ", StringComparison.Ordinal), $"The server was not to start, but it did: {value}");
            return base.WriteLineAsync(value);
        }
    }
}
