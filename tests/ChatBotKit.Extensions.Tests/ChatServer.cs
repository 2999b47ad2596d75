using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Extensions.Tests;

/// <summary>The server on a free port, with a scripted model and a temporary data directory.</summary>
internal sealed class ChatServer(WebApplication app, ScriptedModelServer model, DirectoryInfo data) : IAsyncDisposable
{
    public const string Secret = "sk-owner-secret-of-the-tests";

    public Uri Address => new(app.Urls.Single());

    public ScriptedModelServer Model => model;

    /// <summary>Creates a client of the owner.</summary>
    public ChatBotKitApi Api => new(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = Address, Retries = 0 });

    public static async Task<ChatServer> StartAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("chatbotkit-test-");
        var model = await ScriptedModelServer.StartAsync(token);
        var settings = new Dictionary<string, string>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["CHATBOTKIT_API_SECRET"] = Secret,
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        };
        var app = await ChatBotKitServer.StartAsync(
            [.. settings.Select(setting => $"--{setting.Key}={setting.Value}"), .. await TestStore.ArgumentsOfAsync(data.FullName)],
            builder => builder.Logging.ClearProviders(),
            cancellationToken: token);
        return new ChatServer(app, model, data);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await model.DisposeAsync();
        data.Delete(recursive: true);
        await TestStore.DeleteDatabaseOfAsync(data.FullName);
    }
}
