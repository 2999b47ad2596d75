using System.Security.Cryptography;
using ChatBotKit;
using ChatBotKit.Server.Hosting;

namespace Samples;

/// <summary>A server in this process, with a free port and a temporary folder. It stops with the sample.</summary>
internal sealed class SampleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _data;

    private SampleServer(WebApplication app, DirectoryInfo data, string secret) => (_app, _data, Secret) = (app, data, secret);

    public Uri Address => new(_app.Urls.First());

    /// <summary>The API token, which never leaves the program.</summary>
    public string Secret { get; }

    public ChatBotKitApi CreateClient() => new(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = Address });

    /// <param name="settings">Further settings of the server, such as <c>--OPENAI_BASE_URL</c> and an address.</param>
    public static async Task<SampleServer> StartAsync(params string[] settings)
    {
        var data = Directory.CreateTempSubdirectory("chatbotkit-sample-");
        var secret = "sk-" + RandomNumberGenerator.GetHexString(64, lowercase: true);
        string[] own = ["--urls", "http://127.0.0.1:0", "--CHATBOTKIT_DATA_DIR", data.FullName, "--CHATBOTKIT_API_SECRET", secret];
        var app = await ChatBotKitServer.StartAsync([.. own, .. settings], builder => builder.Logging.ClearProviders());
        return new SampleServer(app, data, secret);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
