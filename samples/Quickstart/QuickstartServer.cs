using System.Security.Cryptography;
using ChatBotKit.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Quickstart;

/// <summary>
/// The server of the sample: the one that <c>--url</c> and <c>--secret</c> name, or one that is started in this process, with a
/// free port and a temporary folder, and stops with the sample.
/// </summary>
internal sealed class QuickstartServer : IAsyncDisposable
{
    private WebApplication? _app;
    private DirectoryInfo? _data;

    public required Uri Address { get; init; }

    public required string Secret { get; init; }

    public bool IsOurs => _app is not null;

    public static async Task<QuickstartServer> StartAsync(string[] args)
    {
        if (Option(args, "--url") is { } url)
            return new QuickstartServer
            {
                Address = new Uri(url),
                Secret = Option(args, "--secret") ?? throw new ArgumentException("--url needs --secret, the API token of that server."),
            };

        var data = Directory.CreateTempSubdirectory("chatbotkit-quickstart-");
        var secret = "sk-" + RandomNumberGenerator.GetHexString(64, lowercase: true);
        string[] settings =
        [
            "--urls", "http://127.0.0.1:0",
            "--CHATBOTKIT_DATA_DIR", data.FullName,
            "--CHATBOTKIT_API_SECRET", secret,
        ];
        var app = await ChatBotKitServer.StartAsync(settings, builder => builder.Logging.ClearProviders());
        return new QuickstartServer { Address = new Uri(app.Urls.First()), Secret = secret, _app = app, _data = data };
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _data?.Delete(recursive: true);
    }

    private static string? Option(string[] args, string name)
    {
        var index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }
}
