using ChatBotKit.EndToEnd.Tests.Deployment;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>A replacement of the browser's EventSource, used as in <c>docs/streaming.md</c>.</summary>
public sealed class EventSourceTests
{
    [Fact]
    public async Task Library_WithTheListenerOfTheGuide_ResumesAndStops()
    {
        await using var model = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        model.Otherwise(request => request.LastText("user").Contains("fail", StringComparison.Ordinal)
            ? new ModelScript().Fail(400, "There is no room.")
            : new ModelScript().Text("Hel", "lo."));
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });

        await NodeProject.RunAsync("eventsource.mjs", new Dictionary<string, string>
        {
            ["CHATBOTKIT_URL"] = server.Address.AbsoluteUri,
            ["CHATBOTKIT_SECRET"] = ServerFactory.OwnerSecret,
            ["LISTENER"] = DeployGuide.Block("js", "streaming.md"),
        });
    }
}
