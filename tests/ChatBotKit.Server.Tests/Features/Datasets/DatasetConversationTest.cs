using ChatBotKit.TestModels;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>A server with a scripted model and a dataset, for tests of conversations that answer from it.</summary>
public abstract class DatasetConversationTest : IAsyncLifetime
{
    private protected ScriptedModelServer Model { get; private set; } = null!;

    private protected FeatureServer Server { get; private set; } = null!;

    private protected string Dataset { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Model = await ScriptedModelServer.StartAsync(Token);
        Server = await FeatureServer.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = Model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });
        Dataset = await Server.CreateDatasetAsync("""{"name":"Care"}""");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
        await Model.DisposeAsync();
    }
}
