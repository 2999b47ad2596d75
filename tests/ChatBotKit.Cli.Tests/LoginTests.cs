using ChatBotKit.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Cli.Tests;

public sealed class LoginTests : IAsyncLifetime
{
    private readonly Terminal _terminal = new();
    private ServerFactory _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerFactory.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Command_WithoutCredential_SaysHowToGetOne()
    {
        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("api", "conversation", "list"));

        Assert.Contains("cbk login", _terminal.Error, StringComparison.Ordinal);
        Assert.Empty(_terminal.Out);
    }

    [Fact]
    public async Task Login_KeepsTheTokenForItsOwnerAlone()
    {
        _terminal.TypedSecret = ServerFactory.OwnerSecret;

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("login", _server.Address.ToString()));
        Assert.DoesNotContain(ServerFactory.OwnerSecret, _terminal.Out + _terminal.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_terminal.CredentialFile));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "list"));
    }

    [Theory]
    [InlineData("/bots")]
    [InlineData("/bots/")]
    public async Task Server_UnderAPath_IsCalledThere_ByLoginAndByWhatFollows(string path)
    {
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(context =>
        {
            asked.Enqueue(context.Request.Path);
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("{\"items\":[]}");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        _terminal.TypedSecret = ServerFactory.OwnerSecret;

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("login", app.Urls.Single() + path));
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "list"));

        Assert.Equal(["/bots/api/v1/conversation/list", "/bots/api/v1/conversation/list"], asked);
    }

    [Fact]
    public async Task Login_WithATokenThatIsRefused_KeepsNothing()
    {
        _terminal.TypedSecret = "sk-wrong-wrong-wrong-wrong";

        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("login", _server.Address.ToString()));
        Assert.False(File.Exists(_terminal.CredentialFile));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public async Task Login_WithoutAToken_IsAMistakeOfUsage(string? typed)
    {
        _terminal.TypedSecret = typed;

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("login", _server.Address.ToString()));
    }

    [Fact]
    public async Task KeptToken_IsNotSentToAnotherServer()
    {
        await LogInAsync();

        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("api", "conversation", "list", "--url", "http://127.0.0.1:9"));
        Assert.Contains("There is no API token", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeptToken_ThatOthersCanRead_IsNotUsed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        await LogInAsync();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_terminal.CredentialFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("api", "conversation", "list"));
        Assert.Contains("chmod 600", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeptFile_ThatIsDamaged_IsSaidToBe()
    {
        await LogInAsync();
        await File.WriteAllTextAsync(_terminal.CredentialFile, "{", TestContext.Current.CancellationToken);

        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("api", "conversation", "list"));
        Assert.Contains("damaged", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_ComesBeforeWhatIsKept()
    {
        await LogInAsync();
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = "sk-wrong-wrong-wrong-wrong";

        Assert.Equal(ExitCodes.NotAuthenticated, await _terminal.RunAsync("api", "conversation", "list"));
    }

    [Fact]
    public async Task SecretFile_ComesBeforeTheEnvironment()
    {
        var file = Path.Combine(_terminal.Home, "secret");
        await File.WriteAllTextAsync(file, ServerFactory.OwnerSecret + "\n", TestContext.Current.CancellationToken);
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = "sk-wrong-wrong-wrong-wrong";

        Assert.Equal(
            ExitCodes.Success, await _terminal.RunAsync("api", "conversation", "list", "--secret-file", file, "--url", _server.Address.ToString()));
    }

    [Fact]
    public async Task Logout_ForgetsTheToken()
    {
        await LogInAsync();

        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("logout"));
        Assert.False(File.Exists(_terminal.CredentialFile));
    }

    [Theory]
    [InlineData("shop.example")]
    [InlineData("ftp://shop.example")]
    public async Task Address_ThatIsNone_IsAMistakeOfUsage(string address)
    {
        _terminal.TypedSecret = ServerFactory.OwnerSecret;

        Assert.Equal(ExitCodes.Usage, await _terminal.RunAsync("login", address));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsAFailure()
    {
        _terminal.Variables["CHATBOTKIT_API_SECRET"] = ServerFactory.OwnerSecret;

        // No program listens on a port that was just released.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var gone = listener.LocalEndpoint;
        listener.Stop();

        Assert.Equal(ExitCodes.Failure, await _terminal.RunAsync("api", "conversation", "list", "--url", $"http://{gone}"));
        Assert.Contains("error:", _terminal.Error, StringComparison.Ordinal);
    }

    private async Task LogInAsync()
    {
        _terminal.TypedSecret = ServerFactory.OwnerSecret;
        Assert.Equal(ExitCodes.Success, await _terminal.RunAsync("login", _server.Address.ToString()));
    }
}
