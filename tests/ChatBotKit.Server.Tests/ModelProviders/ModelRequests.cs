using System.Text.Json;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;

namespace ChatBotKit.Server.Tests.ModelProviders;

/// <summary>Requests for the tests of all providers.</summary>
internal static class ModelRequests
{
    public static readonly ModelTool Weather = new(
        "getWeather", "Tells the weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}"""));

    public static ModelRequest Hello(string model = "gpt-4o") => Of(ModelString.Parse(model), "Hello");

    public static ModelRequest Of(ModelReference model, string userText) => new()
    {
        Model = model,
        Messages = [new ModelMessage(ModelRole.User, userText)],
    };

    /// <summary>Creates a request after a tool was called and has returned its result.</summary>
    public static ModelRequest AfterToolCall(string model = "gpt-4o") => new()
    {
        Model = ModelString.Parse(model),
        Messages =
        [
            new ModelMessage(ModelRole.System, "Be short."),
            new ModelMessage(ModelRole.User, "Weather in Zürich?"),
            new ModelMessage(ModelRole.Assistant, "")
            {
                ToolCalls = [new ModelToolCall("call_1", "getWeather", """{"city":"Zürich"}""")],
            },
            new ModelMessage(ModelRole.Tool, """{"sky":"clear"}""") { ToolCallId = "call_1" },
        ],
        Tools = [Weather],
        ForcedTool = "getWeather",
    };
}
