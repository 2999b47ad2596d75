using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using ChatBotKit.Sessions.Tests;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Deployment))]

namespace ChatBotKit.Sessions.Tests;

/// <summary>
/// The server under test: the one at <c>CHATBOTKIT_TEST_URL</c>, with the API token in <c>CHATBOTKIT_TEST_SECRET</c>, or one in
/// this process.
/// </summary>
public sealed class Deployment : IAsyncLifetime
{
    private const string OwnSecret = "sk-owner-of-the-session-checks";

    private ScriptedModelServer? _model;
    private WebApplication? _server;
    private string? _directory;

    public Uri Address { get; private set; } = null!;

    public string Secret { get; private set; } = OwnSecret;

    /// <summary>Whether a check may affect other users of the server, for example by revoking its signing key.</summary>
    public bool IsOwn => _server is not null;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("CHATBOTKIT_TEST_URL") is { Length: > 0 } url)
        {
            Address = new Uri(url);
            Secret = Environment.GetEnvironmentVariable("CHATBOTKIT_TEST_SECRET")
                ?? throw new InvalidOperationException("CHATBOTKIT_TEST_URL is set, so CHATBOTKIT_TEST_SECRET must be the API token of that server.");
            return;
        }

        _directory = Directory.CreateTempSubdirectory("chatbotkit-sessions-").FullName;
        _model = await ScriptedModelServer.StartAsync(CancellationToken.None);
        _server = await ChatBotKitServer.StartAsync(
            [
                "--urls", "http://127.0.0.1:0", "--CHATBOTKIT_API_SECRET", OwnSecret,
                "--OPENAI_BASE_URL", _model.BaseUrl.ToString(), "--OPENAI_MODELS", "scripted",
                "--CHATBOTKIT_DEFAULT_MODEL", "extractive", .. await TestStore.ArgumentsOfAsync(_directory),
            ],
            builder => builder.Logging.ClearProviders());
        Address = new Uri(_server.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
        if (_directory is null)
            return;
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    /// <summary>Returns the name of a model whose next answer stops after its first word and waits.</summary>
    public string ModelThatPauses()
    {
        if (_model is null)
            Assert.Skip("Only the suite's own server has a model that pauses in the middle of an answer.");
        _model.Answer(script => script.Text("One ").Silence());
        return "scripted";
    }

    /// <summary>Returns the name of a model whose next answer calls a function and then reports the result.</summary>
    public string ModelThatCalls(string function, string arguments)
    {
        if (_model is null)
            Assert.Skip("Only the suite's own server has a model that calls functions on demand.");
        _model.Answer(script => script.ToolCall("call-1", function, arguments).Usage(5, 5));
        _model.Answer(script => script.Text("Done.").Usage(5, 5));
        return "scripted";
    }
}
