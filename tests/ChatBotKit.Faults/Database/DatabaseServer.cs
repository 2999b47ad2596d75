using ChatBotKit.Faults.Disk;
using ChatBotKit.Server.Hosting;
using ChatBotKit.TestModels;
using Microsoft.AspNetCore.Builder;

namespace ChatBotKit.Faults.Database;

/// <summary>A server on a PostgreSQL database, with a model and the scenario of a failing storage.</summary>
internal sealed class DatabaseServer : IAsyncDisposable
{
    private readonly ScriptedModelServer _model;
    private readonly WebApplication _app;

    private DatabaseServer(ScriptedModelServer model, WebApplication app)
    {
        (_model, _app) = (model, app);
        Scenario = new StorageScenario(Address, model);
    }

    public Uri Address => new(_app.Urls.Single());

    public StorageScenario Scenario { get; }

    public static async Task<DatabaseServer> StartAsync(string directory, string database, CancellationToken cancellationToken)
    {
        var model = await ScriptedModelServer.StartAsync(cancellationToken);
        var app = await ChatBotKitServer.StartAsync(
            [
                "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", $"--CHATBOTKIT_DATA_DIR={directory}", $"--CHATBOTKIT_POSTGRES={database}",
                $"--CHATBOTKIT_API_SECRET={StorageScenario.Secret}", $"--OPENAI_BASE_URL={model.BaseUrl}", "--OPENAI_MODELS=scripted",
            ],
            cancellationToken: cancellationToken);
        return new DatabaseServer(model, app);
    }

    public async ValueTask DisposeAsync()
    {
        Scenario.Dispose();
        await _app.DisposeAsync();
        await _model.DisposeAsync();
    }
}
