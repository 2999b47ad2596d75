using System.Text.Json;
using ChatBotKit.Server.Tests.Resources;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Steps of the tests of GraphQL.</summary>
internal static class GraphQlCalls
{
    /// <summary>Executes a query and returns the whole answer.</summary>
    public static Task<JsonElement> QueryAsync(this ResourceWorld world, string query, object? variables = null) =>
        world.Client.ReadAsync(HttpMethod.Post, "graphql", new { query, variables });

    /// <summary>Executes a query that must have no errors, and returns the data.</summary>
    public static async Task<JsonElement> DataAsync(this ResourceWorld world, string query, object? variables = null)
    {
        var answer = await world.QueryAsync(query, variables);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ValueKind == JsonValueKind.Undefined ? "" : errors.GetRawText());
        return answer.GetProperty("data");
    }

    /// <summary>Executes a query that must be refused before it is executed, and returns the message of its only error.</summary>
    public static async Task<string> RefusedQueryAsync(this ResourceWorld world, string query, object? variables = null)
    {
        var answer = await world.QueryAsync(query, variables);
        Assert.False(answer.TryGetProperty("data", out _), answer.GetRawText());
        return answer.GetProperty("errors")[0].Text("message")!;
    }
}
