using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ConsoleAgent;

/// <summary>
/// Replaces a model so that the sample runs offline: an endpoint with OpenAI's streaming protocol that recognizes three sentences.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedModel(WebApplication app) => _app = app;

    public string Address => _app.Urls.First() + "/v1";

    public static async Task<ScriptedModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", AnswerAsync);
        await app.StartAsync();
        return new ScriptedModel(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        var request = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var messages = request!["messages"]!.AsArray();
        var last = messages[^1]!;
        var text = last["content"]!.GetValue<string>();
        var delta = last["role"]!.GetValue<string>() == "tool" ? Say(messages, text) : Call(text);

        context.Response.ContentType = "text/event-stream";
        await WriteAsync(context, delta, finishReason: null);
        await WriteAsync(context, [], finishReason: delta.ContainsKey("tool_calls") ? "tool_calls" : "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    /// <summary>Returns the calls for a sentence: "Please add: a, b" calls <c>addTask</c> twice, and so on.</summary>
    private static JsonObject Call(string text)
    {
        var things = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries);
        return text switch
        {
            _ when text.Contains("add:", StringComparison.Ordinal) => Calls("addTask", things),
            _ when text.Contains("finished:", StringComparison.Ordinal) => Calls("finishTask", things),
            _ => Calls("listTasks", [null]),
        };
    }

    private static JsonObject Calls(string function, string?[] things) => new()
    {
        ["tool_calls"] = new JsonArray([.. things.Select((thing, index) => new JsonObject
        {
            ["index"] = index,
            ["id"] = $"call_{Guid.NewGuid():N}",
            ["type"] = "function",
            ["function"] = new JsonObject
            {
                ["name"] = function,
                ["arguments"] = (thing is null ? [] : new JsonObject { ["task"] = thing }).ToJsonString(),
            },
        })]),
    };

    private static JsonObject Say(JsonArray messages, string result)
    {
        var results = messages.Reverse().TakeWhile(message => message!["role"]!.GetValue<string>() == "tool").Count();
        return new JsonObject
        {
            ["content"] = result.StartsWith('[')
                ? $"There is left: {string.Join(", ", JsonSerializer.Deserialize<string[]>(result)!)}."
                : $"Done, {results} {(results == 1 ? "change" : "changes")}.",
        };
    }

    private static Task WriteAsync(HttpContext context, JsonObject delta, string? finishReason)
    {
        var chunk = new JsonObject
        {
            ["object"] = "chat.completion.chunk",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta.DeepClone(), ["finish_reason"] = finishReason }),
        };
        return context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", context.RequestAborted);
    }
}
