using System.Text.Json;
using System.Text.Json.Nodes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Functions;

/// <summary>Executes an ability when the model of a run calls its function.</summary>
/// <param name="ability">The ability.</param>
/// <param name="function">The function, for an action that offers several; null otherwise.</param>
/// <param name="executor">The executor.</param>
/// <param name="options">The limits.</param>
internal sealed class AbilityFunctionRunner(PreparedAbility ability, string? function, AbilityExecutor executor, AbilityOptions options) : IFunctionRunner
{
    private const string AbortReason = "ability";

    public async Task<string> RunAsync(EngineCall call, CancellationToken cancellationToken)
    {
        var arguments = JsonNode.Parse(call.Arguments, documentOptions: JsonRules.Stored)!.AsObject();
        var result = await executor.ExecuteAsync(ability, call, arguments, function, cancellationToken);
        if (result.IsAbort)
            throw new RunAbortedException(AbortReason);
        return result.Error is { } error ? ErrorJson(error) : Cut(TextOf(result.Value));
    }

    private static string TextOf(JsonNode? value) =>
        value is null ? "null" : JsonSerializer.Serialize(value, ChatBotKitJson.ServerOptions.GetTypeInfo(typeof(JsonNode)));

    private static string ErrorJson(string error) => ToolJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("error"u8, error);
        json.WriteEndObject();
    });

    /// <summary>Cuts a result that is too long, and tells the model so.</summary>
    private string Cut(string result)
    {
        if (result.Length <= options.MaxResultCharacters)
            return result;
        return ToolJson.Text(json =>
        {
            json.WriteStartObject();
            json.WriteString("note"u8, $"The result has {result.Length} characters. Only its beginning is here; ask for less.");
            json.WriteString("beginning"u8, FaultText.Clip(result, options.MaxResultCharacters));
            json.WriteEndObject();
        });
    }
}
