namespace ChatBotKit.Server.ModelProviders;

/// <summary>
/// Says at start which models are served. Asking for the registry before the server listens also makes a setting that
/// can't be used stop the start instead of failing the first request.
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

    [LoggerMessage(LogLevel.Information, "The default model is {Default}; served are {Models}")]
    private partial void LogModels(string @default, string models);
}
