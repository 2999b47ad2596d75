using System.Text.Json;
using ChatBotKit.Server.Tests;
using ChatBotKit.TestModels;

namespace ChatBotKit.EndToEnd.Tests.Foreign;

/// <summary>The official Node SDK, unchanged, with this server and a scripted model.</summary>
public sealed class NodeSdkTests
{
    [Theory]
    [InlineData("session.mjs")]
    [InlineData("resources.mjs")]
    [InlineData("stateless.mjs")]
    [InlineData("functions.mjs")]
    [InlineData("errors.mjs")]
    [InlineData("files.mjs")]
    [InlineData("spaces.mjs")]
    public async Task Script_AgainstThisServer_Succeeds(string script)
    {
        await using var upstream = await ScriptedModelServer.StartAsync(TestContext.Current.CancellationToken);
        upstream.Otherwise(AskForTheWeather);
        await using var server = await ServerFactory.StartAsync(settings: new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = upstream.BaseUrl.AbsoluteUri,
            ["OPENAI_MODELS"] = "scripted",
        });

        await NodeProject.RunAsync(script, new Dictionary<string, string>
        {
            ["CHATBOTKIT_URL"] = server.Address.AbsoluteUri,
            ["CHATBOTKIT_SECRET"] = ServerFactory.OwnerSecret,
        });
    }

    /// <summary>A model that calls the first offered function, and repeats its result.</summary>
    private static ModelScript AskForTheWeather(ScriptedRequest request)
    {
        var body = request.Body;
        var last = body.GetProperty("messages").EnumerateArray().Last();
        if (last.GetProperty("role").GetString() == "tool")
            return new ModelScript().Text("It is ", last.GetProperty("content").GetString()!, ".").Usage(9, 4);
        return body.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
            ? new ModelScript().ToolCall("call_1", "getWeather", "{\"city\":", "\"Sofia\"}").Usage(7, 5)
            : new ModelScript().Text("Hel", "lo.").Usage(3, 2);
    }
}
