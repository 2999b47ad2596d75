namespace ChatBotKit.Server.ModelProviders.Models;

/// <summary>
/// Logs at start which models are served. Because it needs the registry before the server listens, an invalid setting stops the
/// start instead of failing the first request.
/// </summary>
internal sealed partial class ModelAnnouncement(ModelRegistry registry, ILogger<ModelAnnouncement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var listed = registry.List();
        LogModels(registry.Resolve(null).Model.Name, string.Join(", ", listed.Select(model => model.Model.Id)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The default model is {Default}; the server serves {Models}")]
    private partial void LogModels(string @default, string models);
}
