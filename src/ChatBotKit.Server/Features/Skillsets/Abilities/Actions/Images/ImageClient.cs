using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.ModelProviders.OpenAi;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Images;

/// <summary>The connection to the endpoint that generates pictures.</summary>
internal sealed class ImageClient(IConfiguration configuration) : IDisposable
{
    public HttpClient Http { get; } = OpenAiConnection.Create(TelemetryOptions.IsExported(configuration));

    public void Dispose() => Http.Dispose();
}
