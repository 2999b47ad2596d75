using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>The result of a call as JSON, or the reason of its failure.</summary>
internal sealed record ToolAnswer(JsonElement Result, string? Error)
{
    /// <summary>The result or the reason as text.</summary>
    public string Text => Error ?? (Result.ValueKind == JsonValueKind.String ? Result.GetString()! : Result.GetRawText());
}

/// <summary>Lists and calls the enabled abilities of a skillset.</summary>
internal sealed class ServedTools(IAbilityReader abilities)
{
    public async Task<IReadOnlyList<ServedFunction>> ListAsync(ToolServer server, CancellationToken cancellationToken) =>
        server.SkillsetId is null ? [] : await abilities.FunctionsAsync(server.SkillsetId, [], server.Scope, cancellationToken);

    /// <param name="server">The integration.</param>
    /// <param name="name">The name of the function, or of its ability.</param>
    /// <param name="arguments">The arguments: a JSON object as text.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <returns>The answer; null when there is no such function.</returns>
    public async Task<ToolAnswer?> CallAsync(ToolServer server, string name, string arguments, CancellationToken cancellationToken)
    {
        var functions = await ListAsync(server, cancellationToken);
        var function = functions.FirstOrDefault(function => function.Name == name) ?? functions.FirstOrDefault(function => function.Name == FunctionNames.Of(name));
        if (function?.Runner is not { } runner)
            return null;
        try
        {
            var result = JsonElement.Parse(await runner.RunAsync(new EngineCall(server.Scope, 1, arguments), cancellationToken));
            return result.ValueKind == JsonValueKind.Object && result.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                && result.GetPropertyCount() == 1
                ? new ToolAnswer(result, error.GetString())
                : new ToolAnswer(result, null);
        }
        catch (RunAbortedException)
        {
            return new ToolAnswer(default, "The ability has ended the work.");
        }
    }
}
