using System.Text.Json;
using ChatBotKit.Server.Tests.ConversationEngine;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Creates and executes abilities.</summary>
internal static class AbilityCalls
{
    public static async Task<string> CreateSkillsetAsync(this HttpClient client, object? skillset = null) =>
        ApiJson.Id(await client.ReadAsync(HttpMethod.Post, "skillset/create", skillset ?? new { name = "Tools" }));

    public static async Task<string> CreateAbilityAsync(
        this HttpClient client, string skillset, string instruction, string name = "Do it", object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["name"] = name;
        body["instruction"] = instruction;
        return ApiJson.Id(await client.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/create", body.ToJsonString()));
    }

    /// <summary>Creates an ability in a new skillset, and executes it.</summary>
    public static async Task<JsonElement> ExecuteAsync(this HttpClient client, string instruction, object? input = null, object? ability = null)
    {
        var skillset = await client.CreateSkillsetAsync();
        var id = await client.CreateAbilityAsync(skillset, instruction, more: ability);
        return await client.ExecuteAbilityAsync(skillset, id, input);
    }

    public static Task<JsonElement> ExecuteAbilityAsync(this HttpClient client, string skillset, string ability, object? input = null) =>
        client.ReadAsync(HttpMethod.Post, $"skillset/{skillset}/ability/{ability}/execute", new { input = input as string ?? (input is null ? null : JsonSerializer.Serialize(input)) });

    /// <summary>Returns the result of an execution as JSON text. There must be no error.</summary>
    public static string Result(this JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("error", out var error), error.ToString());
        return answer.GetProperty("result").GetRawText();
    }

    public static string Error(this JsonElement answer)
    {
        Assert.False(answer.TryGetProperty("result", out var result), result.ToString());
        return answer.GetProperty("error").GetString()!;
    }

    /// <summary>Returns the names of the functions that the model got with its last request.</summary>
    public static List<string?> Tools(this EngineServer server) =>
        server.Model.Requests[^1].Body.TryGetProperty("tools", out var tools)
            ? [.. tools.EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString())]
            : [];
}
